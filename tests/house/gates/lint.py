"""The rules of ruff and mypy, which may grow and not shrink."""

import re

import tomllib

from tests.house.gates.text import Text

RULES = frozenset("B C4 D E F I PT PTH RUF SIM UP W".split())
# What ruff may leave out, by the file that says so: everywhere, and in some files.
EXCEPTIONS = {
    "pyproject.toml": (
        frozenset("D105 D107 RUF012 SIM905".split()),
        {"tests/**": frozenset("D")},
    ),
    "snippets/ruff.toml": (
        frozenset("D"),
        {
            "*_tasks/*_start.py": frozenset(["B023"]),
            "deferred_callbacks_challenges/cookies_*.py": frozenset(["B023"]),
        },
    ),
}
RUFF = {"extend", "target-version", "line-length", "lint", "format"}
RUFF_LINT = {
    *("select", "extend-select", "ignore", "extend-ignore"),
    *("per-file-ignores", "pydocstyle"),
}
MYPY = {"files", "mypy_path", "python_version", "strict", "enable_error_code"}
MYPY_FILES = frozenset(["src/hookbook"])
MYPY_CODES = frozenset(["ignore-without-code", "truthy-bool", "redundant-expr"])
UNTYPED = frozenset(["sphobjinv.*", "pytest_sphinx.*", "pygments.*"])
# Each would be read in place of pyproject.toml.
OTHERS = ("ruff.toml", ".ruff.toml", "mypy.ini", ".mypy.ini", "setup.cfg")


def findings(house):
    """Return the rules that are gone, and the exceptions that are new."""
    for path in others(house):
        yield f"{path}:1: may replace pyproject.toml: remove it"
    file = Text(house, "pyproject.toml")
    tool = tomllib.loads(file.text).get("tool", {})
    given = tool.get("ruff", {})
    for rule in sorted(RULES - set(given.get("lint", {}).get("select", []))):
        yield file.says("^select", f"ruff no longer selects {rule}: put it back")
    yield from ruff(file, given)
    snippets = Text(house, "snippets/ruff.toml")
    given = tomllib.loads(snippets.text)
    if given.get("extend") != "../pyproject.toml":
        yield snippets.says("^extend", "extend is not '../pyproject.toml': put it back")
    yield from ruff(snippets, given)
    yield from mypy(file, tool.get("mypy", {}))
    if "pytest" in tool:
        yield file.says(r"^\[tool\.pytest", "pytest's configuration is in tox.ini")


def others(house):
    """Yield the files that a checker would read in place of pyproject.toml."""
    for name in OTHERS:
        found = [house / name]
        for folder in "src", "tests", "snippets", "docs":
            found += (house / folder).rglob(name)
        for path in found:
            where = path.relative_to(house).as_posix()
            if path.exists() and where not in EXCEPTIONS:
                yield where


def ruff(file, given):
    """Yield the exceptions of ruff that no list here has."""
    everywhere, per_file = EXCEPTIONS[file.name]
    lint = given.get("lint", {})
    for key in "ignore", "extend-ignore":
        for rule in sorted(set(lint.get(key, [])) - everywhere):
            yield file.says(rf"^{key}\b", f"ruff ignores {rule} everywhere: remove it")
    for pattern, rules in lint.get("per-file-ignores", {}).items():
        for rule in sorted(set(rules) - per_file.get(pattern, set())):
            place = re.escape(f'"{pattern}"')
            yield file.says(place, f"ruff ignores {rule} in {pattern}: remove it")
    for key in sorted([*given.keys() - RUFF, *lint.keys() - RUFF_LINT]):
        place = rf"^{key}\b|[.]{key}\b"
        yield file.says(place, f"ruff's '{key}' changes what is checked: remove it")
    if lint.get("select") and file.name != "pyproject.toml":
        yield file.says("^select", "ruff's 'select' replaces the rules: remove it")


def mypy(file, given):
    """Yield what makes mypy less strict."""
    if given.get("strict") is not True:
        place = r"^strict|^\[tool\.mypy\]"
        yield file.says(place, "mypy is not strict: set strict = true")
    for path in sorted(MYPY_FILES - set(given.get("files", []))):
        yield file.says("^files", f"mypy doesn't read {path}: put it back")
    for code in sorted(MYPY_CODES - set(given.get("enable_error_code", []))):
        place = r"^enable_error_code|^\[tool\.mypy\]"
        yield file.says(place, f"mypy's '{code}' is off: put it back")
    for key in sorted(given.keys() - MYPY - {"overrides"}):
        place = rf"^{key}\b"
        yield file.says(place, f"mypy's '{key}' changes what is checked: remove it")
    for override in given.get("overrides", []):
        modules = override["module"]
        for module in [modules] if isinstance(modules, str) else modules:
            keys = override.keys() - {"module", "ignore_missing_imports"}
            if module not in UNTYPED or keys:
                what = ", ".join(sorted(keys)) or "ignore_missing_imports"
                place = re.escape(f'"{module}"')
                yield file.says(place, f"mypy's {what} for {module}: remove it")
