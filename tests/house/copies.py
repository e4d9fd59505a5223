"""The files of this house that say what is checked."""

from pathlib import Path

from tests.house.gates import approved

ROOT = Path(__file__).parents[2]
BROWSER = "src/hookbook/browser"
# What the gates are made of.
FILES = (
    *approved.FILES,
    approved.RECORD,
    *("conf.py", "Makefile", "tox.ini", ".ci/run", "pyproject.toml"),
    *("snippets/ruff.toml", "README.md", "CONTRIBUTING.md"),
    *(".github/workflows/tests.yml", ".github/workflows/publish.yml"),
    *("requirements.in", "requirements.txt"),
    *("tests/extensions/requirements.in", "tests/extensions/requirements.txt"),
    *(f"{BROWSER}/package.json", f"{BROWSER}/package-lock.json"),
    f"{BROWSER}/requirements.txt",
    *(f"{BROWSER}/extensions.in", f"{BROWSER}/extensions.txt"),
)


def line(path, text):
    """Return the number of the only line that is `text`, or begins with it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [n for n, have in enumerate(lines, start=1) if have.startswith(text)]
    assert len(found) == 1, (text, found)
    return found[0]


GONE = "put it back"
