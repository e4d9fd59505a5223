"""The record of what the gates say, which a change to them must go through.

A setting can be silenced in more ways than a list can name. So each paragraph of each
file that decides what is checked is in ``approved.toml``, as a digest: if you change
one, say why, with ``.venv/bin/python -m tests.house.gates 'the reason'``, and the
reason stays in the file for the next reader. Lines that only comment count for nothing.
"""

import hashlib
import json
from pathlib import Path

import tomllib

RECORD = "tests/house/gates/approved.toml"
BROWSER = "src/hookbook/browser"
FILES = (
    *("Makefile", "conf.py", "tox.ini", "pyproject.toml", "snippets/ruff.toml"),
    *(".ci/run", ".ci/loopback.py", ".readthedocs.yaml"),
    *(".github/workflows/publish.yml", ".github/workflows/tests.yml"),
    *(f"{BROWSER}/biome.jsonc", f"{BROWSER}/no-inner-html.grit"),
    *(f"{BROWSER}/jsconfig{of}.json" for of in ("", ".node", ".worker")),
    *(f"{BROWSER}/package.json", "docs/_data/style.toml"),
)
# What may be added to them refuses more, never less.
GROWING = ("docs/_data/style.toml",)
# Read by a tool without being asked, in place of one of the files above or before it.
OTHERS = (
    *("GNUmakefile", "makefile", "tox.toml", "conftest.py", "snippets/conftest.py"),
    *("sitecustomize.py", "usercustomize.py", "src/sitecustomize.py"),
    *("src/usercustomize.py", "src/conftest.py", ".npmrc", f"{BROWSER}/.npmrc"),
)
NAMED = ("biome.json", "biome.jsonc", ".biomeignore", "tsconfig.json", "jsconfig.json")
COMMENTS = ("# ", "#\n", "// ")
HOW = "put it back, or say why: .venv/bin/python -m tests.house.gates 'the reason'"


def paragraphs(text):
    """Return (line, first line, digest) of each paragraph, without its comments."""
    found, seen = [], {}
    for number, block in blocks(text):
        # Tables of a list all begin alike.
        first = " ".join(block[: 2 if block[0].startswith("[[") else 1]).strip()
        seen[first] = seen.get(first, 0) + 1
        name = first if seen[first] == 1 else f"{first} ({seen[first]})"
        digest = hashlib.sha256("\n".join(block).encode()).hexdigest()[:16]
        found.append((number, name, digest))
    return found


def blocks(text):
    """Yield the number of the first line, and the lines, of each paragraph."""
    start, block = 0, []
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if not line.strip() and block:
            yield start, block
            block = []
        elif line.strip() and not f"{line.lstrip()}\n".startswith(COMMENTS):
            start = start if block else number
            block.append(line.rstrip())


def read(house):
    path = house / RECORD
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def findings(house):
    """Return where a file of the gates is not as it was approved."""
    record = read(house)
    for name in FILES:
        path, kept = house / name, dict(record.get(name, {}))
        if not path.exists():
            yield f"{name}:1: the file is gone: {HOW}"
            continue
        last = 1
        for line, first, digest in paragraphs(path.read_text("utf-8")):
            last = line
            if first not in kept and name not in GROWING:
                yield f"{name}:{line}: '{first}' begins something new: {HOW}"
            elif kept.pop(first, digest) != digest:
                yield f"{name}:{line}: what begins with '{first}' was changed: {HOW}"
        for first in kept:
            yield f"{name}:{last}: '{first}', and what followed it, is gone: {HOW}"
    yield from others(house)


def others(house):
    """Yield the files that a tool would read beside those, or before them."""
    found = [name for name in OTHERS if (house / name).exists()]
    for folder in ("docs", "src", "tests"):
        found += [
            path.relative_to(house).as_posix()
            for name in NAMED
            for path in sorted((house / folder).rglob(name))
        ]
    on_disk = {path.name for path in house.iterdir()}
    for name in found:
        # A disk may not tell upper from lower case.
        if name not in FILES and ("/" in name or name in on_disk):
            yield f"{name}:1: changes what is checked, unseen: remove it"


def write(house, why):
    """Approve the gates as they are; `why` is the reason, for what has changed."""
    before = read(house)
    lines = [
        "# What the gates say, paragraph by paragraph: tests/house/gates/approved.py.",
        "# Written by `.venv/bin/python -m tests.house.gates 'the reason'`.",
    ]
    reasons = before.get("reasons", {})
    for name in FILES:
        now = {
            first: d for _, first, d in paragraphs((house / name).read_text("utf-8"))
        }
        had = before.get(name, now)
        reasons |= {
            f"{name}: {first}": why
            for first in [*had, *now]
            if had.get(first) != now.get(first)
        }
        lines += ["", f"[{json.dumps(name)}]"]
        lines += [f"{quoted(first)} = {quoted(d)}" for first, d in now.items()]
    lines += ["", "[reasons]"]
    lines += [f"{quoted(what)} = {quoted(reasons[what])}" for what in sorted(reasons)]
    Path(house, RECORD).write_text("\n".join(lines) + "\n", encoding="utf-8")


def quoted(text):
    return json.dumps(text, ensure_ascii=False)
