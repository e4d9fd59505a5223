"""What hides tests and faults in the tests' own files, and in scripts."""

import ast
import re

HOOKS = ("pytest_configure", "pytest_terminal_summary")
# They skip where something is not there that other environments have.
MAY_SKIP = (
    *("tests/browser/test_archive.py", "tests/cli/test_schemas.py"),
    *("tests/trace/test_nothing_lost.py", "tests/trace/test_nothing_touched.py"),
)
ENDING = ("skip", "xfail", "importorskip")
SCRIPTS = ("docs/_static", "src/hookbook/browser")
SUFFIXES = (".js", ".mjs", ".css", ".ts")
NEVER = re.compile(
    r"@ts-(?:nocheck|ignore|expect-error)|biome-ignore-all\S*|biome-ignore-start"
    r"|eslint-disable\S*|stylelint-disable\S*|prettier-ignore"
)
IGNORE = re.compile(r"biome-ignore\s+(?P<rule>\S+?)(?=:|\s|$):?\s*(?P<why>.*)")


def findings(house):
    """Return what keeps tests from running, and scripts from being checked."""
    for path in sorted((house / "tests").rglob("*.py")):
        name = path.relative_to(house).as_posix()
        if not name.startswith(("tests/behaviour/", "tests/site/pages/")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for line, what in in_tests(name, tree):
                yield f"{name}:{line}: {what}"
    for folder in SCRIPTS:
        for path in sorted((house / folder).rglob("*.*")):
            if path.suffix in SUFFIXES and "vendor" not in path.parts:
                name = path.relative_to(house).as_posix()
                for line, what in in_script(path.read_text(encoding="utf-8")):
                    yield f"{name}:{line}: {what}"


def in_tests(name, tree):
    """Yield what hides tests in a file of Python."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in map(ast.unparse, node.targets):
                last = target.rpartition(".")[2]
                if last in ("collect_ignore", "collect_ignore_glob", "__test__"):
                    yield node.lineno, f"'{last}' hides tests: remove it"
                elif last == "pytest_plugins":
                    yield node.lineno, "'pytest_plugins' changes how tests run: remove"
        elif isinstance(node, ast.FunctionDef) and name.endswith("conftest.py"):
            if node.name.startswith("pytest_") and node.name not in HOOKS:
                yield (
                    node.lineno,
                    f"'{node.name}' changes which tests run or what is reported:"
                    " remove it",
                )
        elif isinstance(node, ast.Attribute) and node.attr in ENDING:
            owner = ast.unparse(node.value)
            marked = owner.endswith("mark") or owner == "unittest"
            if marked or (owner == "pytest" and name not in MAY_SKIP):
                yield (
                    node.lineno,
                    f"'{owner}.{node.attr}' keeps a test from running: let it run, or"
                    " give it 'skipif' with a condition",
                )
        elif is_skipif(node) and not has_condition(node):
            yield node.lineno, "this skip has no condition: let the test run"


def is_skipif(node):
    return isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.skipif")


def has_condition(call):
    given = [k.value for k in call.keywords if k.arg == "condition"] + call.args
    return any(
        not isinstance(value, ast.Constant) or "version" in str(value.value)
        for value in given
    )


def in_script(text):
    """Yield the comments of a script or stylesheet that silence a checker."""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := NEVER.search(line):
            yield number, f"'{found[0]}' silences a checker: fix what it hides"
        elif found := IGNORE.search(line):
            rule, why = found["rule"], found["why"].removesuffix("*/")
            if rule != "format" and rule.count("/") < 2:
                yield number, f"'biome-ignore {rule}' names no rule: name the one"
            elif not re.search(r"\w{3}", why):
                yield number, f"no reason for ignoring {rule}: say why after it"
