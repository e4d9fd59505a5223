"""Results of the corpus on other Flask versions, as ``make matrix`` left them.

Each run leaves one JUnit XML. Its properties name the Flask it ran on and the
digest of the sources it ran; results of other sources are not evidence for these.
"""

import dataclasses
import hashlib
import re
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

PASSED, FAILED = "passed", "failed"


@dataclasses.dataclass(frozen=True)
class Evidence:
    """What one run of the corpus says."""

    flask: str
    """The version of Flask: ``3.1.3``."""
    results: dict[str, str]
    """``passed`` or ``failed`` by the name of the test or of the snippet's module."""

    @property
    def minor(self) -> str:
        """The version without its patch: ``3.1``."""
        return ".".join(self.flask.split(".")[:2])


def digest(*folders: Path) -> str:
    """Name the contents of all Python files below `folders`.

    The same files give the same name, wherever the folders stand.
    """
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            found.update(
                f"{folder.name}/{path.relative_to(folder).as_posix()}\n".encode()
            )
            found.update(path.read_bytes())
    return found.hexdigest()


def read(folder: Path, sources: str) -> tuple[list[Evidence], list[Path]]:
    """Read the JUnit files below `folder`; return evidence, and the stale files.

    `sources` is the digest that a run must name to count. An empty run, and one
    that names no Flask, is stale as well. The order is that of the versions.
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
    properties = {item.get("name"): item.get("value") for item in root.iter("property")}
    flask = properties.get("flask")
    if properties.get("sources") != sources or not flask:
        return None
    results: dict[str, str] = defaultdict(lambda: PASSED)
    for case in root.iter("testcase"):
        name = (case.get("name") or "").partition("[")[0]
        failed = any(case.find(tag) is not None for tag in ("failure", "error"))
        # A skipped test proves as little as one that fails.
        failed = failed or case.find("skipped") is not None
        results[name] = FAILED if failed or results[name] == FAILED else PASSED
    return Evidence(flask, dict(results)) if results else None


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


def span(versions: list[str]) -> str:
    """Say from which to which minor version: ``2.2 to 3.1``."""
    minors = list(dict.fromkeys(".".join(v.split(".")[:2]) for v in versions))
    return minors[0] if len(minors) == 1 else f"{minors[0]} to {minors[-1]}"
