"""The Makefile: the gates it must have, and commands whose failure it must see."""

import re

from tests.house.gates.text import NARROWERS, QUIET, Text, silencer

OF = ("", ".worker", ".node")
NEEDS = {"lint": ("lint-python", "lint-scripts")}
# The build says what it then leaves out; CI makes the assets before.
MAY_FAIL = ("reader-python",)
# What the recipe of each gate must run.
GATES = {
    "html-strict": ("$(SPHINX) $(STRICT) $(SPHINXOPTS) docs", "$(SEALED)"),
    "html": ("$(SEALED)",),
    "test": (
        "$(BIN)/python -m pytest $(SPREAD) $(PYTESTOPTS)",
        "$(BIN)/python -m tests.seal $(BUILD)/test.seal $(if $(PYTESTOPTS),,--whole)",
    ),
    "test-browser": (
        "$(BIN)/python -m pytest -m browser tests/browser $(BROWSERS) $(PYTESTOPTS)",
        "$(BIN)/python -m tests.seal $(BUILD)/test-browser.seal",
    ),
    "lint": ("$(BIN)/python -m pytest --quiet -m tools tests/house",),
    "lint-scripts": (
        "$(BIOME) $(SCRIPTS)",
        *(f"$(TOOL)/tsc -p src/hookbook/browser/jsconfig{of}.json" for of in OF),
    ),
    "lint-python": (
        "$(BIN)/ruff check $(CHECKED)",
        "$(BIN)/ruff format --check $(CHECKED)",
        "$(BIN)/mypy",
    ),
    "matrix": ("$(BIN)/python -m tests.matrix $(TOXENV)",),
    "extensions": (
        "$(BIN)/python -m tox run --skip-missing-interpreters false -e extensions",
    ),
}
WORDS = {
    "STRICT": ("--fresh-env", "--nitpicky", "--fail-on-warning"),
    "SPREAD": ("-n", "$(WORKERS)", "--max-worker-restart=0"),
    "BROWSERS": ("-n", "$(WORKERS)", "--max-worker-restart=0"),
    "SCRIPTS": ("docs/_static", "src/hookbook/browser"),
    "BIOME": ("check", "--error-on-warnings"),
    "CHECKED": ("src", "snippets", "tests", "conf.py"),
    "SPHINX": ("$(BIN)/sphinx-build", "-c", "."),
}
# Whoever runs a target may add options; none is there before.
EMPTY = ("SPHINXOPTS", "PYTESTOPTS", "MUTANTSOPTS", "BENCHOPTS")


def variables(makefile):
    """Return the line and the value of each assignment, by the variable's name."""
    found = {}
    for number, line in enumerate(makefile.lines, start=1):
        if match := re.match(r"(?:export )?([A-Z_]+)\s*([:?+]?)=\s*(.*)", line):
            found.setdefault(match[1], []).append((number, match[3].strip()))
    return found


def recipes(makefile):
    """Return the recipes: lists of (line, command), by the name of the target."""
    found, names, begun = {}, [], None
    for number, line in enumerate(makefile.lines, start=1):
        if line.startswith("\t"):
            if begun is None:
                for name in names:
                    found[name].append((number, line[1:]))
            else:
                for name in names:
                    before = found[name][-1]
                    found[name][-1] = (before[0], f"{before[1][:-1]} {line.strip()}")
            begun = number if line.endswith("\\") else None
        elif match := re.match(r"([^\s:#=.][^:=#]*):(?![=:])", line):
            names = match[1].split()
            found |= {name: [] for name in names}
    return found


def findings(house):
    """Return the gates that are gone, and what hides a failure."""
    makefile = Text(house, "Makefile")
    targets = recipes(makefile)
    given = variables(makefile)
    for gate, commands in GATES.items():
        if gate not in targets:
            yield makefile.says(1, f"no target '{gate}': put it back")
            continue
        lines = [command for _, command in targets[gate]]
        ran = [re.sub(r"^[@+-]*(\w+=\S+ )*|(?=[;&|])", " ", line) for line in lines]
        for wanted in commands:
            if not any(f"{command} ".startswith(f" {wanted} ") for command in ran):
                yield makefile.says(
                    f"^{gate}:", f"'make {gate}' doesn't run '{wanted}': put it back"
                )
    for gate, needed in NEEDS.items():
        line = next((t for t in makefile.lines if t.startswith(f"{gate}:")), "")
        for other in needed if line else ():
            if other not in line.partition("#")[0].split():
                yield makefile.says(
                    f"^{gate}:", f"'make {gate}' doesn't need '{other}': put it back"
                )
    for name, words in WORDS.items():
        lines = given.get(name, [])
        for word in words:
            if len(lines) != 1 or word not in lines[0][1].split():
                yield makefile.says(
                    lines[-1][0] if lines else 1,
                    f"{name} has no '{word}', or is set twice: put it back",
                )
    for name in EMPTY:
        for number, value in given.get(name, []):
            if value:
                yield makefile.says(
                    number, f"{name} is '{value}' for everyone: leave it empty"
                )
    for number, line in enumerate(makefile.lines, start=1):
        if found := re.search(QUIET, line):
            yield makefile.says(number, f"'{found[1]}' silences Sphinx: remove it")
        if re.match(r"\.(IGNORE|ONESHELL)\b|(export )?(MAKEFLAGS|SHELL)\b", line):
            yield makefile.says(
                number, f"'{line.partition(':')[0]}' changes how make fails: remove it"
            )
    for target, commands in targets.items():
        for number, command in commands:
            yield from hidden(makefile, target, number, command)


def hidden(makefile, target, number, command):
    """Yield what keeps the failure of one command of a target from make."""
    start = re.match(r"[@+]*-[@+-]*", command)
    why = "a leading '-' ignores the failure" if start else silencer(command)
    if why and target not in MAY_FAIL:
        yield makefile.says(
            number, f"{why}: 'make {target}' must fail when this command does"
        )
    if target in GATES and (found := re.search(NARROWERS, f" {command}")):
        yield makefile.says(
            number, f"'{found[1]}' narrows 'make {target}': it must run everything"
        )
