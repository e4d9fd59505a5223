"""What the automation runs: ``.ci/run``, and the workflows that call it."""

import re

import yaml

from tests.house.gates.text import NARROWERS, QUIET, Text, silencer

RUN = ".ci/run"
# The matrix: on the oldest and on the newest supported Flask.
COMMANDS = ("html-strict", "test", "test-browser", "lint", "matrix", "extensions")
OPENING = ("if", "{", "for", "while", "until", "case")
CLOSING = ("fi", "}", "done", "esac")
# Without Pyodide, nothing of what runs readers' code can be tested.
WITHOUT_PYODIDE = "PYTESTOPTS=--ignore-glob=*/test_run*.py"
CLEANING = ("trap 'rm -rf \"$copy\"' EXIT",)
TESTS = ".github/workflows/tests.yml"
# It tells what is coming.
MAY_FAIL = ("development",)
MAY_BE_CONDITIONAL = ("always()",)
TRIGGERS = {"push": {"branches": ["main"]}, "pull_request": None}


def findings(house):
    """Return what the automation no longer runs, and failures it doesn't see."""
    run = Text(house, RUN)
    yield from script(run)
    for path in sorted((house / ".github" / "workflows").glob("*.yml")):
        yield from workflow(Text(house, path.relative_to(house).as_posix()))


def script(run):
    code = [
        (number, line)
        for number, line in enumerate(run.lines, start=1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if not code or code[0][1] != "set -euo pipefail":
        yield run.says(
            code[0][0] if code else 1,
            "the first command is not 'set -euo pipefail': put it there",
        )
    depth, heredoc, ran = 0, None, {}
    for number, line in code:
        words = line.split("#")[0].split()
        if heredoc:
            heredoc = None if line.strip() == heredoc else heredoc
            continue
        if match := re.search(r"<<-?\s*['\"]?(\w+)", line):
            heredoc = match[1]
        depth -= sum(word in CLOSING for word in words)
        match = re.match(r"(?:offline )?make((?: [a-z][a-z-]*(?![\w=-]))+)", line)
        if match and depth == 0:
            for target in match[1].split():
                ran.setdefault(target, number)
        depth += sum(word in OPENING for word in words)
        yield from command(run, number, line)
    for target in COMMANDS:
        if target not in ran:
            yield run.says(
                rf"\bmake\b.*\b{target}\b",
                f"'make {target}' is not run, whatever happened before: put it on a"
                " line of its own",
            )


def command(run, number, line):
    gate = re.search(rf"\bmake .*\b({'|'.join(COMMANDS)})(?= |$)", line)
    why = silencer(line)
    if not why and gate and "||" in line:
        why = "'||' goes on after a failure"
    if not why and line.strip() in CLEANING:
        return
    if not why and re.match(r"\s*(exit( 0)?|return( 0)?|trap .*|exec .*)\s*$", line):
        why = f"'{line.strip()}' ends the run before its end"
    if not why and re.match(r"\s*(function )?(make|pytest|python)\s*\(\)", line):
        why = "a function in place of a command"
    if why:
        yield run.says(number, f"{why}: a failure must end {RUN}")
    other = re.match(r"\s*(offline )?make ([a-z-]+) ", line)
    if other and other[2] not in COMMANDS:
        return
    options = line.replace(WITHOUT_PYODIDE, "")
    if "PYTESTOPTS=" in options or re.search(QUIET, options):
        yield run.says(number, "options narrow what is tested: remove them")


def workflow(file):
    content = yaml.safe_load(file.text)
    # YAML 1.1 takes "on" for true.
    triggers = content.get("on", content.get(True))
    if file.name == TESTS:
        for name, wanted in TRIGGERS.items():
            if name not in triggers or triggers[name] != wanted:
                yield file.says(
                    rf"^\s*{name}:", f"'{name}' doesn't start the tests as before"
                )
        steps = [
            step
            for job in content["jobs"].values()
            if not {"if", "continue-on-error"} & job.keys()
            for step in job["steps"]
        ]
        if not any(step.get("run") == RUN for step in steps):
            yield file.says(rf"run:.*{re.escape(RUN)}", f"no job runs '{RUN}' alone")
    for name, job in content["jobs"].items():
        below = file.line(rf"^  {name}:")
        for part in (job, *job.get("steps", [])):
            if part.get("continue-on-error") and name not in MAY_FAIL:
                yield file.says(
                    after(file, below, "continue-on-error"),
                    f"'continue-on-error' in {name} hides its failure: remove it",
                )
            if "if" in part and part["if"] not in MAY_BE_CONDITIONAL:
                yield file.says(
                    after(file, below, r"\bif:"),
                    f"'if: {part['if']}' in {name} may leave it out: remove it",
                )
            for line in str(part.get("run", "")).splitlines():
                why = silencer(line)
                if not why and re.search(r"\bset \+|\|\|", line):
                    why = "goes on after a failure"
                if not why and (found := re.search(NARROWERS, f" {line}")):
                    why = f"'{found[1]}' narrows the run"
                if why:
                    yield file.says(
                        after(file, below, re.escape(line.strip())),
                        f"{why}: a failure must end {name}",
                    )


def after(file, start, pattern):
    """Return the first line from `start` on that has `pattern`."""
    for number in range(start, len(file.lines) + 1):
        if re.search(pattern, file.lines[number - 1]):
            return number
    return start
