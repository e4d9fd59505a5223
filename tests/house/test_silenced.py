"""Each way to silence a build or a run is found: file, line, what to do."""

import pytest

from tests.house.copies import GONE, ROOT
from tests.house.gates import findings


def test_the_gates_of_this_house_are_open():
    assert findings(ROOT) == []


def test_a_copy_of_the_gates_is_open(house):
    assert findings(house) == []


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
    assert told == [f"conf.py: {what}: remove it, and fix what they name"]


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("nitpicky = True", "nitpicky = False", "nitpicky is not True"),
        ("nitpicky = True\n", "", "nitpicky is not True"),
        ("hookbook_style =", "style =", "hookbook_style is not 'docs/_data/style.tom"),
        ("hookbook_claims =", "claims =", "hookbook_claims is not 'docs/_data/claims"),
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
        " and fix what they name"
    ]


STRICT = "STRICT := --fresh-env --nitpicky --fail-on-warning --keep-going"

RUN = "$(BIN)/python -m pytest $(SPREAD) $(PYTESTOPTS)"
TEST = f"\tHOOKBOOK_SEAL=$(BUILD)/test.seal {RUN}"


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        *(
            (f" {word}", "", f"STRICT has no '{word}', or is set twice: {GONE}")
            for word in ("--fresh-env", "--nitpicky", "--fail-on-warning")
        ),
        ("CHECKED := src snippets", "CHECKED := src", "CHECKED has no 'snippets', or"),
        (" --max-worker-restart=0", "", "SPREAD has no '--max-worker-restart=0', or"),
        ("BROWSERS := -n $(WORKERS)", "BROWSERS := -n 1", "BROWSERS has no '$(WORKE"),
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
        ("\t$(BIN)/mypy\n", "", "'make lint-python' doesn't run '$(BIN)/mypy': pu"),
        (
            "ruff check $(CHECKED)",
            "ruff check $(CHECKED) --exit-zero",
            "'--exit-zero' fails for nothing: 'make lint-python' must fail when",
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


BUILDS = "offline make html-strict zip epub --jobs=2 --output-sync=target"
BROWSER = "make test-browser extensions --jobs=2 --output-sync=target $runner_tests"
PAIR = "make lint matrix --jobs=2 --output-sync=target TOXENV=lowest,flask31"


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        *(
            (f"\n{line}\n", "\n", f"'make {target}' is not run, whatever happened")
            for line, target in {
                "offline make test": "test",
                BUILDS: "html-strict",
                BROWSER: "test-browser",
            }.items()
        ),
        (PAIR, PAIR.replace("lint ", ""), "'make lint' is not run, whatever happened"),
        (PAIR, PAIR.replace("matrix ", ""), "'make matrix' is not run, whatever hap"),
        (PAIR, f"if false; then\n{PAIR}\nfi", "'make lint' is not run, whatever hap"),
        ("make lint", "# make lint\nmake", "'make lint' is not run, whatever happened"),
        ("make test\n", "make test || true\n", "'|| true' goes on after a failure: a"),
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
    assert len(told) <= 3


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
    old = '-m "not browser and not tools and not extensions"'
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
def test_a_version_that_is_no_longer_promised_is_found(change):
    assert change("README.md", "2.2, 2.3, 3.0", "2.2, 3.0") == [
        "README.md: tox.ini has 'flask23', which is no longer promised: put it back"
    ]


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
