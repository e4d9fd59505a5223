"""What the site in build/html was made of: is it what a build would make now?

``make html-strict`` notes it: the digest of what a build reads before it begins, and
that of what it wrote at the end. Tests look at this site if both still hold.
"""

import hashlib
import os
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
HTML = Path("build", "html")
NOTE = Path("build", "html.made-of")
MADE = ("build/matrix", "build/assets")
"""What a build reads and other commands have made."""
ELSEWHERE = "tests/browser/"
"""What no page is made of, and who writes it runs it all the time."""
NO_MATTER = {"HOOKBOOK_SEAL", "HOOKBOOK_SINCE", "HOOKBOOK_SWEEP"}


def sources(root, environ=os.environ):
    """Return the digest of all that a build below `root` reads, or "" without git."""
    listed = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if not listed:
        return ""
    names = {name for name in listed.split("\0") if not name.startswith(ELSEWHERE)}
    for folder in MADE:
        names |= {path.relative_to(root).as_posix() for path in files(root / folder)}
    around = [sys.version, *sorted(f"{d.name} {d.version}" for d in distributions())]
    around += [
        f"{name}={value}"
        for name, value in sorted(environ.items())
        if name.startswith(("HOOKBOOK_", "SOURCE_DATE_EPOCH")) and name not in NO_MATTER
    ]
    return digest(root, (root / name for name in names - {""}), *around)


def files(folder):
    """Return the files below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def digest(root, paths, *words):
    """Return the digest of the words, and of the files with their names."""
    found = hashlib.sha256("\0".join(words).encode())
    for path in sorted(paths):
        content = path.read_bytes() if path.is_file() else b""
        name = path.relative_to(root).as_posix()
        found.update(f"\0{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def git(root, *arguments):
    """Return what a git command prints, or "" if it fails."""
    try:
        run = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True
        )
    except FileNotFoundError:
        return ""
    return run.stdout if run.returncode == 0 else ""


def epoch(root):
    """Return the time that a build gives its files: that of the commit, as in make."""
    return git(root, "log", "-1", "--format=%ct").strip() or "1767225600"


def begin(root, environ=os.environ):
    """Note what the build is about to read."""
    note = root / NOTE
    note.parent.mkdir(exist_ok=True)
    note.write_text(f"{sources(root, environ)}\n", encoding="utf-8")


def end(root):
    """Note what the build has written."""
    with (root / NOTE).open("a", encoding="utf-8") as note:
        note.write(f"{digest(root, files(root / HTML))}\n")


def is_current(root, environ=os.environ):
    """Tell whether build/html is what a strict build would make now."""
    note, html = root / NOTE, files(root / HTML)
    if not note.exists() or not html:
        return False
    known = note.read_text("utf-8").splitlines()
    return known == [sources(root, environ), digest(root, html)] and known[0] != ""


if __name__ == "__main__":
    {"begin": begin, "end": end}[sys.argv[1]](ROOT)
