"""Which pages are swept, and which snippets run in the browser.

Those that a change can reach, and of the others one of each kind, or a sample.

`HOOKBOOK_SWEEP=all` sends every page through every gate. Without it the change is what
git knows of: the working tree against `HOOKBOOK_SINCE`, or where the branch left
origin/main, or the last commit's parent. After a change that can be on every page, or
of which nothing is known, the others are loaded, but for the pages of proofs: one
template fills them all, and the sample has two.
"""

import os
import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

# What no page is made of, and no gate.
ELSEWHERE = re.compile(
    r"""(README|CONTRIBUTING|CHANGELOG|LICENSE)[^/]*$
    |Makefile$|tox\.ini$|pyproject\.toml$|\.gitignore$|\.github/|\.ci/
    |tests/(?!behaviour/|browser/|conftest\.py)
    |tests/browser/test_(?!pages\.py|gates\.py)""",
    re.VERBOSE,
)


# What runs a snippet in the browser.
RUNNING = re.compile(
    r"""src/|requirements|Makefile$|docs/_static/(runner|workbench)/
    |tests/browser/(runner|test_run_corpus|conftest)\.py|snippets/(.*/)?__init__\.py""",
    re.VERBOSE,
)
SAMPLED = 8
"""Of so many snippets, one runs in the browser after a change that is none of these."""

LARGE = 10
"""From so many pages on, a kind has two in the sample."""


@dataclass(frozen=True)
class Sweep:
    """The names of the pages' files: through every gate, only loaded, or left out."""

    full: tuple[str, ...]
    loaded: tuple[str, ...]
    left: tuple[str, ...]
    reason: str

    @classmethod
    def of(cls, every, full, loaded, reason):
        """Sort all pages into the three kinds."""
        left = set(every) - set(full) - set(loaded)
        loaded = set(loaded) - set(full)
        return cls(*(tuple(sorted(names)) for names in (full, loaded, left)), reason)

    def __str__(self):
        counts = len(self.full), len(self.loaded), len(self.left)
        full, loaded, left = counts
        return (
            f"{full} of {sum(counts)} pages went through every gate, {loaded} were only"
            f" loaded, {left} left out: {self.reason}."
        )


def kind(name, every):
    """Return what a page is an example of: a guide's mode, a folder, or itself."""
    path = PurePosixPath(name)
    if path.stem == "index" or len(path.parts) == 1:
        return name
    paths = map(PurePosixPath, every)
    folders = {p.parts[0] for p in paths if len(p.parts) == 2 and p.stem == path.stem}
    return path.stem if len(folders) > 1 and len(path.parts) == 2 else path.parts[0]


def sample(sizes):
    """Return the longest page of each kind, of a large kind the shortest as well.

    `sizes` has the length of each page's source.
    """
    kinds = defaultdict(list)
    for name in sizes:
        kinds[kind(name, sizes)].append(name)
    chosen = set()
    for names in kinds.values():
        names.sort(key=lambda name: (sizes[name], name))
        chosen |= {names[-1], names[0]} if len(names) >= LARGE else {names[-1]}
    return chosen


def reached(changes, root, pages):
    """Return the pages that show the changed files, and those that link back to them.

    `pages` maps the name of each page to the text of its source. Third comes a file
    that may be on every page, or None.
    """
    shown, linking, everywhere = set(), set(), None
    for change in changes:
        if ELSEWHERE.match(change):
            continue
        names = on_pages(change, root, pages)
        if not names:
            everywhere = everywhere or change
        shown |= names
        if names and change.startswith("docs/"):
            linking |= proof_pages((root / change).read_text("utf-8"), root, pages)
    return shown, linking, everywhere


def on_pages(change, root, pages):
    """Return the pages that show a file; none if that is not known."""
    path = PurePosixPath(change)
    file = root / path
    if not file.is_file():
        return set()
    text = file.read_text(encoding="utf-8", errors="replace")
    if path.parts[0] == "docs" and path.suffix == ".md":
        page = str(path.relative_to("docs").with_suffix(".html"))
        # Its table of contents is every page's navigation.
        if page not in pages or "{toctree}" in text:
            return set()
        return {page}
    if path.parts[0] == "snippets" and path.stem != "__init__":
        name = str(path.relative_to("snippets").with_suffix("")).removesuffix("_start")
        return {page for page, source in pages.items() if name in source}
    if change.startswith("tests/behaviour/") and path.name.startswith("test_"):
        tests = re.findall(r"^(?:async )?def (test_\w+)", text, re.MULTILINE)
        own = proof_page(path.relative_to("tests/behaviour"))
        if own not in pages:
            return set()
        named = {
            page
            for page, source in pages.items()
            if not words(source).isdisjoint(tests)
        }
        return {own, "proofs/index.html"} | named
    return set()


@cache
def words(text):
    """Return the words of a page's source."""
    return frozenset(re.findall(r"\w+", text))


def snippets(names, root, environ=os.environ):
    """Return the snippets that run in the browser: those that a change can reach.

    After a change of what runs them, or one of which nothing is known, all of them.
    """
    found = changes(root, environ.get("HOOKBOOK_SINCE", ""))
    if environ.get("HOOKBOOK_SWEEP") or found is None:
        return names
    files, _ = found
    if any(map(RUNNING.match, files)):
        return names
    sampled = set(names[::SAMPLED])
    return [n for n in names if n in sampled or f"snippets/{n}.py" in files]


def written(pages):
    """Return the pages that somebody has written."""
    return {name for name in pages if not name.startswith("proofs/")}


def proof_page(path):
    """Return the page of a file of behaviour tests, named below their folder."""
    parts = [*path.parts[:-1], path.stem.removeprefix("test_")]
    return f"proofs/{'/'.join(parts).replace('_', '-')}.html"


def proof_pages(text, root, pages):
    """Return the pages of the proofs that a text names: they link back to it."""
    named = set(re.findall(r"\btest_\w+", text))
    folder = root / "tests" / "behaviour"
    found = set()
    for file in folder.rglob("test_*.py"):
        tests = re.findall(r"\bdef (test_\w+)", file.read_text(encoding="utf-8"))
        if named & set(tests):
            found.add(proof_page(PurePosixPath(file.relative_to(folder).as_posix())))
    return found & set(pages)


def git(root, *arguments):
    """Return what a git command prints, or None if it fails."""
    try:
        run = subprocess.run(
            ["git", "-c", "core.quotePath=off", *arguments],
            cwd=root, capture_output=True, text=True,
        )  # fmt: skip
    except FileNotFoundError:
        return None
    return run.stdout.strip() if run.returncode == 0 else None


def base(root, since=""):
    """Return the commit to compare with, or None."""
    if since:
        return git(root, "rev-parse", "--verify", "--quiet", f"{since}^{{commit}}")
    head = git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    fork = git(root, "merge-base", "HEAD", "origin/main")
    if fork and fork != head:
        return fork
    return git(root, "rev-parse", "--verify", "--quiet", "HEAD^1^{commit}")


def changes(root, since=""):
    """Return the changed files and the commit they are compared with, or None."""
    commit = base(root, since)
    if commit is None:
        return None
    # The old name of a moved file is a change, too.
    known = git(root, "diff", "--name-only", "--no-renames", "--relative", commit)
    new = git(root, "ls-files", "--others", "--exclude-standard")
    if known is None or new is None:
        return None
    return sorted({*known.splitlines(), *new.splitlines()}), commit[:10]


def choose(root, pages, environ=os.environ):
    """Decide what is asked of which page; refuse to ask nothing."""
    chosen = sample({name: len(text) for name, text in pages.items()})
    if not chosen:
        raise ValueError(f"{root}/docs: no page to sweep; a run must cover some.")
    wanted = environ.get("HOOKBOOK_SWEEP", "")
    if wanted not in {"", "all"}:
        raise ValueError(f"HOOKBOOK_SWEEP={wanted}: say 'all', or leave it out.")
    if wanted:
        return Sweep.of(pages, pages, (), "HOOKBOOK_SWEEP=all")
    found = changes(root, environ.get("HOOKBOOK_SINCE", ""))
    if found is None:
        reason = "git knows no commit to compare with"
        return Sweep.of(pages, chosen, written(pages), reason)
    files, commit = found
    shown, linking, everywhere = reached(files, root, pages)
    if everywhere:
        reason = f"{everywhere} changed since {commit}"
        loaded = written(pages) | linking
        return Sweep.of(pages, shown | chosen, loaded, reason)
    reason = f"{len(shown)} changed since {commit}, the others are the sample"
    return Sweep.of(pages, shown | chosen, linking, reason)
