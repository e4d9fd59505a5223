"""tox.ini: pytest's configuration, and the commands of each environment."""

import configparser
import re

from tests.house.gates.text import NARROWERS, QUIET, Text

ADDOPTS = (
    "--doctest-modules",
    "--strict-config",
    "--strict-markers",
    '-m "not browser and not tools and not extensions"',
    "-p no:anyio",
    "-p no:dash",
    "-p no:flask",
    "-ra",
)
PYTEST = {
    "minversion": "9.0",
    "testpaths": "snippets tests",
    "pythonpath": ". src",
    "xfail_strict": "true",
    "filterwarnings": "error",
    "empty_parameter_set_mark": "fail_at_collect",
    "enable_assertion_pass_hook": "true",
}
LISTS = ("addopts", "markers")
MARKERS = ("browser", "canary", "extensions", "tools")
# Any of them would be read in place of tox.ini, or beside it.
OTHERS = ("pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml", "setup.cfg")
COMMANDS = {
    "testenv": (
        "python -m pytest --junitxml={[matrix]results}{/}junit.xml"
        " {posargs:snippets tests/behaviour tests/trace tests/cli}",
        "python -m hookbook.corpus.recordings {[matrix]results}{/}traces.json",
    ),
    "testenv:extensions": (
        "python -m pytest -m extensions --junitxml={[matrix]results}{/}junit.xml"
        " {posargs:tests/extensions tests/trace tests/behaviour/extensions}",
    ),
    "testenv:lint": (
        "ruff check src snippets tests conf.py",
        "ruff format --check src snippets tests conf.py",
        "mypy",
    ),
    "testenv:docs": (
        "sphinx-build -c . -d {env_tmp_dir}/doctrees --fresh-env --nitpicky"
        " --fail-on-warning --keep-going docs {env_tmp_dir}/html",
        "python -m hookbook.site.seal {env_tmp_dir}/doctrees {env_tmp_dir}/html",
    ),
}
TOLERANT = "ignore_outcome", "ignore_errors", "recreate_commands"


def findings(house):
    """Return what pytest and tox no longer refuse or run."""
    file = Text(house, "tox.ini")
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.read_string(file.text)
    yield from pytest(file, dict(parsed["pytest"]) if "pytest" in parsed else {})
    for name in OTHERS:
        if (house / name).exists():
            yield f"{name}:1: may replace pytest's configuration in tox.ini: remove it"
    for section, wanted in COMMANDS.items():
        text = parsed.get(section, "commands", fallback="")
        given = [line.strip() for line in text.splitlines() if line.strip()]
        for command in wanted:
            if command not in given:
                yield file.says(
                    rf"^\[{re.escape(section)}\]",
                    f"[{section}] doesn't run '{command}': put it back",
                )
    for section in parsed:
        for key, value in parsed[section].items():
            if key in TOLERANT and value.lower() != "false":
                yield file.says(rf"^{key}\b", f"{key} hides failures: remove it")
    for number, line in enumerate(file.lines, start=1):
        if re.match(r"\s+[-!]\s*(python|pytest|ruff|mypy|sphinx)", line):
            yield file.says(
                number, f"'{line.strip()[0]}' ignores the failure: remove it"
            )
        if found := re.search(QUIET, line):
            yield file.says(number, f"'{found[1]}' silences Sphinx: remove it")


def pytest(file, given):
    for key, wanted in PYTEST.items():
        value = " ".join(given.get(key, "").split())
        if value.lower() != wanted:
            yield file.says(
                rf"^{key}\b" if key in given else r"^\[pytest\]",
                f"{key} is '{value}': set it to '{wanted}'",
            )
    options = [line.strip() for line in given.get("addopts", "").splitlines()]
    options = [option for option in options if option]
    for option in ADDOPTS:
        if option not in options:
            yield file.says("^addopts", f"addopts has no '{option}': put it back")
    for option in options:
        if option not in ADDOPTS:
            kind = "narrows the run" if re.search(NARROWERS, f" {option}") else "is new"
            yield file.says(
                rf"^\s+{re.escape(option)}",
                f"'{option}' in addopts {kind}: remove it, or name it in {__name__}",
            )
    markers = given.get("markers", "").splitlines()
    names = [line.partition(":")[0].strip() for line in markers]
    for name in MARKERS:
        if name not in names:
            yield file.says("^markers", f"no marker '{name}': put it back")
    for key in given.keys() - PYTEST.keys() - set(LISTS):
        yield file.says(
            rf"^{key}\b", f"{key} changes what is collected or refused: remove it"
        )
