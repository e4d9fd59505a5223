"""A change to what is checked is found, whatever it changes, unless it has a reason."""

import shutil

import pytest

from tests.house.copies import ROOT
from tests.house.gates import approved, findings, hidden

HOW = approved.HOW


def change(house, name, old, new):
    """Make one change in a copy of the gates; return what is found then."""
    path = house / name
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    return list(approved.findings(house))


def test_the_gates_of_this_house_are_approved():
    assert list(approved.findings(ROOT)) == []
    assert sum(len(kept) for kept in approved.read(ROOT).values()) >= 120
    assert len(approved.FILES) >= 16


CHANGES = [
    ("Makefile", "HOOKBOOK_SEAL=$(BUILD)/test.seal ", ""),
    ("Makefile", "SEALED := ", "SEALED := true "),
    ("Makefile", "	@rm -rf $(BUILD)/html\n", ""),
    ("Makefile", "--keep-going\n", "--keep-going -D hookbook_style=\n"),
    ("Makefile", "BIN := $(VENV)/bin", "BIN := stubs"),
    ("Makefile", "export SOURCE", "export PYTEST_ADDOPTS := -k x\nexport SOURCE"),
    ("Makefile", "	$(BIN)/mypy\n", "	$(BIN)/mypy src/hookbook/trace\n"),
    ("Makefile", "--require-hashes -r", "-r"),
    ("conf.py", "nitpicky = True", 'nitpicky = True\nhookbook_snippets = "x"'),
    ("conf.py", "nitpicky = True", 'nitpicky = True\nglobals()["x"] = 1'),
    ("conf.py", '"attrs_inline"]', '"attrs_inline", "substitution"]'),
    ("tox.ini", "    PYTHONPATH = src\n", "    PYTHONPATH = src\n    X = -k y\n"),
    ("tox.ini", "flask230: Flask[async]==2.3.0", "flask230: Flask[async]==2.3.3"),
    ("tox.ini", "lowest: Flask[async]==2.2.5", "lowest: Flask[async]==3.1.0"),
    ("tox.ini", "package = skip", "package = skip\ninstall_command = true {packages}"),
    (".ci/run", "offline make test\n", "offline make test SPREAD=--co\n"),
    (".ci/run", "make install\n", "export PYTEST_ADDOPTS=-x\nmake install\n"),
    (".ci/run", "make format rooms claims mark\n", ""),
    (".readthedocs.yaml", "make html-strict", "make html"),
    (".github/workflows/publish.yml", "      - run: make matrix\n", ""),
    (".github/workflows/tests.yml", 'cron: "17 5', 'cron: "0 0'),
    ("pyproject.toml", 'target-version = "py310"', "line-length = 300"),
    ("src/hookbook/browser/biome.jsonc", '"noShadow": "error"', '"noShadow": "off"'),
    ("src/hookbook/browser/jsconfig.json", '"strict": true', '"strict": false'),
    ("src/hookbook/browser/package.json", "{\n", '{\n  "scripts": {},\n'),
    ("docs/_data/style.toml", "words = 32", "words = 320"),
]


@pytest.mark.canary
@pytest.mark.parametrize(("name", "old", "new"), CHANGES)
def test_a_change_without_a_reason_is_found(house, name, old, new):
    told = change(house, name, old, new)
    assert told
    lines = (house / name).read_text("utf-8").splitlines()
    for found in told:
        file, number, what = found.split(":", 2)
        assert file == name
        assert 1 <= int(number) <= len(lines)
        assert what.endswith(HOW)


@pytest.mark.canary
def test_what_is_changed_new_or_gone_is_told_with_its_line(house):
    text = "# A note\nONE := 1\n\ntest:\n\ttrue\n"
    path = house / ".readthedocs.yaml"
    path.write_text(text)
    approved.write(house, "a reason")
    path.write_text(text.replace("true", "false"))
    assert list(approved.findings(house)) == [
        f".readthedocs.yaml:4: what begins with 'test:' was changed: {HOW}"
    ]
    path.write_text(f"{text}\nlint:\n\ttrue\n")
    assert list(approved.findings(house)) == [
        f".readthedocs.yaml:7: 'lint:' begins something new: {HOW}"
    ]
    path.write_text("ONE := 1\n")
    assert list(approved.findings(house)) == [
        f".readthedocs.yaml:1: 'test:', and what followed it, is gone: {HOW}"
    ]
    path.unlink()
    assert list(approved.findings(house)) == [
        f".readthedocs.yaml:1: the file is gone: {HOW}"
    ]


def test_comments_and_stricter_words_need_no_approval(house):
    assert change(house, "Makefile", "# The tests, on", "# All tests, on") == []
    more = '[[word]]\navoid = "tea"\ninstead = "coffee"\n\n[sentences]'
    assert change(house, "docs/_data/style.toml", "[sentences]", more) == []


def test_a_reason_approves_and_is_kept(house):
    assert change(house, "tox.ini", "lowest: Jinja2==3.0.0", "lowest: Jinja2==3.0.1")
    approved.write(house, "3.0.0 was withdrawn")
    assert list(approved.findings(house)) == []
    approved.write(house, "another reason")
    assert "3.0.0 was withdrawn" in approved.read(house)["reasons"].values()


@pytest.mark.canary
@pytest.mark.parametrize(
    "name",
    [*approved.OTHERS[1:], "docs/_static/biome.json", "docs/_static/tsconfig.json"],
)
def test_another_file_that_a_tool_would_read_is_found(house, name):
    path = house / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x = 1\n")
    told = [f for f in approved.findings(house) if not f.endswith(HOW)]
    assert f"{name}:1: changes what is checked, unseen: remove it" in told


HIDING = {
    "conftest.py": (
        ("collect_ignore = ['x']", "'collect_ignore' hides tests"),
        ("def pytest_ignore_collect():\n    return True", "changes which tests run"),
        ("def pytest_collection_modifyitems(items):\n    items.clear()", "which tests"),
        ("def pytest_runtest_makereport(item):\n    pass", "what is reported"),
        ("pytest_plugins = ['quiet']", "changes how tests run"),
    ),
    "test_x.py": (
        ("@pytest.mark.skip\ndef test_x():\n    pass", "keeps a test from running"),
        ("@pytest.mark.xfail\ndef test_x():\n    pass", "keeps a test from running"),
        ("pytest.skip('x', allow_module_level=True)", "keeps a test from running"),
        ("x = pytest.importorskip('x')", "keeps a test from running"),
        ("pytestmark = pytest.mark.skipif(True, reason='x')", "has no condition"),
        ("__test__ = False", "'__test__' hides tests"),
    ),
}


@pytest.mark.canary
@pytest.mark.parametrize(
    ("name", "text", "what"),
    [(name, *case) for name, cases in HIDING.items() for case in cases],
)
def test_what_hides_a_test_is_found(house, name, text, what):
    path = house / "tests" / "site" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{text}\n")
    (told,) = hidden.findings(house)
    assert told.startswith(f"tests/site/{name}:1: ")
    assert what in told


@pytest.mark.canary
@pytest.mark.parametrize(
    "comment",
    [
        *("// @ts-nocheck", "// @ts-ignore", "// @ts-expect-error: later"),
        *("/* eslint-disable */", "// biome-ignore-all lint: no", "// prettier-ignore"),
        *("// biome-ignore lint: a reason", "// biome-ignore lint/style/useConst:"),
    ],
)
def test_a_comment_that_silences_a_checker_of_scripts_is_found(house, comment):
    script = house / "docs" / "_static" / "quick.js"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(f'"use strict";\n{comment}\n')
    (told,) = hidden.findings(house)
    assert told.startswith("docs/_static/quick.js:2: ")


def test_what_hides_nothing_is_let_pass(house):
    script = house / "docs" / "_static" / "quick.js"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text("// biome-ignore lint/style/useConst: it is set below\n")
    test = house / "tests" / "site" / "test_x.py"
    test.parent.mkdir(parents=True, exist_ok=True)
    test.write_text("@pytest.mark.skipif(OLD, reason='x')\ndef test_x():\n    pass\n")
    assert list(hidden.findings(house)) == []
    shutil.rmtree(test.parent)
    assert findings(house) == []
