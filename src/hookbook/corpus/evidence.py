"""Results of the corpus on other Flask versions, written by ``make matrix``.

Each run writes a folder with one JUnit XML file and, where the recorder worked, the
traces of the snippets. Both name their Flask version and the digest of the sources;
results of other sources don't count.
"""

import dataclasses
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from . import compare

PASSED, FAILED = "passed", "failed"
EXTENSIONS = "extensions"
"""The environment with real extensions; the others run the rest of the corpus."""
_CORPUS = ("snippets.", "tests.behaviour.")


@dataclasses.dataclass(frozen=True)
class Evidence:
    """The results of one run of the corpus."""

    flask: str
    """The version of Flask: ``3.1.3``."""
    results: dict[str, str]
    """``passed`` or ``failed`` by the name of the test or of the snippet's module."""
    name: str = ""
    """The folder of the results: tox's name of the environment."""
    werkzeug: str = ""
    python: str = ""
    steps: dict[str, str] = dataclasses.field(default_factory=dict)
    """A fingerprint of each snippet's steps, by the snippet's name."""
    outputs: dict[str, str] = dataclasses.field(default_factory=dict)
    """What each snippet printed, by the snippet's name."""
    lock: str = ""
    """The digest of the extensions' lock, from :func:`extensions_lock`."""

    @property
    def released(self) -> bool:
        """Whether this is a released version."""
        return re.fullmatch(r"[\d.]+", self.flask) is not None

    def held(self, *, scenarios: bool) -> str:
        """Return how many scenarios, or else tests, passed: ``31 of 32``."""
        found = [
            verdict
            for name, verdict in self.results.items()
            if name.startswith("snippets.") is scenarios
        ]
        return f"{found.count(PASSED)} of {len(found)}"


def digest(*folders: Path) -> str:
    """Return the digest of all Python files below `folders`.

    The same files have the same digest, wherever the folders are.
    """
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            found.update(
                f"{folder.name}/{path.relative_to(folder).as_posix()}\n".encode()
            )
            found.update(path.read_bytes())
    return found.hexdigest()


def sources(root: Path) -> str:
    """Return the digest of everything a run of the corpus at `root` runs."""
    return digest(root / "snippets", root / "tests" / "behaviour")


def extensions_lock(root: Path) -> str:
    """Return the digest of the extensions' lock below `root`, or an empty string."""
    path = root / "tests" / "extensions" / "requirements.txt"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def apart(runs: Iterable[Evidence], lock: str) -> tuple[list[Evidence], list[Evidence]]:
    """Separate the runs of the corpus from those with the extensions of `lock`."""
    runs = list(runs)
    return (
        [run for run in runs if run.name != EXTENSIONS],
        [run for run in runs if run.name == EXTENSIONS and run.lock == lock],
    )


def read(folder: Path, sources: str) -> tuple[list[Evidence], list[Path]]:
    """Read the JUnit files below `folder`; return evidence, and the stale files.

    `sources` is the digest that a run must name to count. A run that is empty, or names
    no Flask, is also stale. The result is sorted by version.
    """
    fresh: list[Evidence] = []
    stale: list[Path] = []
    for path in sorted(folder.rglob("*.xml")):
        evidence = _read(path, sources)
        if evidence is None:
            stale.append(path)
        else:
            fresh.append(evidence)
    return sorted(fresh, key=lambda found: _version_key(found.flask)), stale


def _read(path: Path, sources: str) -> Evidence | None:
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError:
        return None
    properties = {
        item.get("name"): item.get("value") or "" for item in root.iter("property")
    }
    flask = properties.get("flask")
    if properties.get("sources") != sources or not flask:
        return None
    results: dict[str, str] = defaultdict(lambda: PASSED)
    for case in root.iter("testcase"):
        if not (case.get("classname") or "").startswith(_CORPUS):
            continue
        name = (case.get("name") or "").partition("[")[0]
        failed = any(case.find(tag) is not None for tag in ("failure", "error"))
        # A skipped test proves as little as one that fails.
        failed = failed or case.find("skipped") is not None
        results[name] = FAILED if failed or results[name] == FAILED else PASSED
    if not results:
        return None
    traces = _traces(path.with_name("traces.json"), flask, sources)
    return Evidence(
        flask, dict(results), path.parent.name,
        properties.get("werkzeug", ""), properties.get("python", ""),
        {name: compare.fingerprint(trace) for name, trace in traces.items()},
        {name: trace.get("stdout", "") for name, trace in traces.items()},
        properties.get("lock", ""),
    )  # fmt: skip


def _traces(path: Path, flask: str, sources: str) -> dict[str, compare.JSON]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if (found.get("flask"), found.get("sources")) != (flask, sources):
        return {}
    traces: dict[str, compare.JSON] = found["snippets"]
    return traces


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


def verdicts(runs: Iterable[Evidence], name: str) -> dict[str, str]:
    """Return the results of the test or module `name`, by version of Flask.

    A version that ran on several Pythons passed if all runs passed.
    """
    found: dict[str, str] = {}
    for run in runs:
        verdict = run.results.get(name, "not run")
        if found.get(run.flask, PASSED) == PASSED:
            found[run.flask] = verdict
    return found


def listing(some: Iterable[str], among: Iterable[str]) -> str:
    """Write versions as briefly as possible: ``2.2 to 3.1``, ``2.2.0, 3.0``.

    A minor version replaces its patches if all of them in `among` are in `some`; a
    range is written if it skips no minor version in `among`.
    """
    some, patches = set(some), defaultdict(list)
    for version in among:
        patches[_minor(version)].append(version)
    whole = [minor for minor, found in patches.items() if some.issuperset(found)]
    if len(whole) > 1 and some <= {v for minor in whole for v in patches[minor]}:
        minors = list(patches)
        first, last = minors.index(whole[0]), minors.index(whole[-1])
        if last - first == len(whole) - 1:
            return f"{whole[0]} to {whole[-1]}"
    names = (
        [minor] if minor in whole else [v for v in found if v in some]
        for minor, found in patches.items()
    )
    return ", ".join(dict.fromkeys(name for group in names for name in group))


def _minor(version: str) -> str:
    return ".".join(version.split(".")[:2])
