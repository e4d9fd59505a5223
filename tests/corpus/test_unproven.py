"""What keeps a behaviour test from proving its claim is found by reading it."""

import ast
from pathlib import Path

import pytest

from hookbook.corpus import proofs
from hookbook.corpus.unproven import faults, in_folder

BEHAVIOUR = Path(__file__).parents[1] / "behaviour"
KEEPS = "keeps a test from proving its claim"
CONDITION = "a skip needs a condition on versions"

REFUSED = {
    "mark": ("@pytest.mark.skip\n{test}", KEEPS, 1),
    "mark with a reason": ("@pytest.mark.skip(reason='slow')\n{test}", KEEPS, 1),
    "xfail": ("@pytest.mark.xfail\n{test}", KEEPS, 1),
    "strict xfail": ("@pytest.mark.xfail(strict=True)\n{test}", KEEPS, 1),
    "body": ("{test}    pytest.skip('later')\n", KEEPS, 4),
    "body that fails": ("{test}    pytest.xfail('known')\n", KEEPS, 4),
    "exit": ("{test}    pytest.exit('enough', returncode=0)\n", KEEPS, 4),
    "module": ("pytest.skip('all', allow_module_level=True)\n{test}", KEEPS, 1),
    "module mark": ("pytestmark = pytest.mark.skip\n{test}", KEEPS, 1),
    "module marks": ("pytestmark = [pytest.mark.skip('x')]\n{test}", KEEPS, 1),
    "import": ("redis = pytest.importorskip('redis')\n{test}", KEEPS, 1),
    "imported name": ("from pytest import skip\nskip('x')\n{test}", KEEPS, 2),
    "parameter": (
        "@pytest.mark.parametrize('x', [pytest.param(1, marks=pytest.mark.skip)])\n"
        "def test_it(x):\n    '''It claims.'''\n",
        KEEPS,
        1,
    ),
    "unittest": ("@unittest.skip('x')\n{test}", KEEPS, 1),
    "condition": ("@pytest.mark.skipif(True, reason='x')\n{test}", CONDITION, 1),
    "system": (
        "@pytest.mark.skipif(os.name == 'nt', reason='Windows')\n{test}",
        CONDITION,
        1,
    ),
    "no condition": ("@pytest.mark.skipif(reason='x')\n{test}", CONDITION, 1),
    "fixture": ("@pytest.fixture\n{test}", "'test_it' is a fixture", 2),
    "fixture with options": ("@pytest.fixture(name='x')\n{test}", "is a fixture", 2),
    "no docstring": ("def test_it():\n    check()\n", "'test_it' claims nothing", 1),
    "empty docstring": ("def test_it():\n    ''\n", "'test_it' claims nothing", 1),
    "blank docstring": ("def test_it():\n    '  '\n", "'test_it' claims nothing", 1),
    "async": ("async def test_it():\n    'It claims.'\n", "'test_it' is async", 1),
    "three dots": ("def test_it():\n    '...'\n", "'...' isn't a claim", 1),
    "no sentence": (
        "def test_it():\n    'It claims'\n",
        "'It claims' isn't a claim",
        1,
    ),
    "twice": ("{test}\n\n{test}", "takes the place of line 1", 6),
    "assigned": ("{test}test_it = other\n", "'test_it' is assigned", 4),
    "decorated": ("@quiet\n{test}", "'@quiet' comes between 'test_it' and pytest", 1),
    "mocked": ("@mock.patch('flask.g')\n{test}", "'@mock.patch' comes between", 1),
    "class": (
        "class TestIt:\n    def test_it(self):\n        pass\n",
        "isn't a proof",
        2,
    ),
    "condition around": (
        "if LATER:\n    def test_it():\n        pass\n",
        "isn't a proof",
        2,
    ),
    "hook": ("def pytest_runtest_call(item):\n    pass\n", "changes how tests run", 1),
    "mock": ("from unittest import mock\n{test}", "'mock' replaces the code", 1),
    "names of mock": (
        "from unittest.mock import ANY\n{test}",
        "'mock' replaces the",
        1,
    ),
    "replaced": (
        "from flask import Flask\n{test}    monkeypatch.setattr(Flask, 'run', print)\n",
        "'Flask' is replaced",
        5,
    ),
    "replaced by name": (
        "{test}    monkeypatch.setattr('flask.app.Flask.run', print)\n",
        "'flask.app.Flask.run' is replaced",
        4,
    ),
    "replaced by assignment": (
        "from flask import Flask\n{test}    Flask.full_dispatch_request = print\n",
        "'Flask.full_dispatch_request' is replaced",
        5,
    ),
    "replaced by a call": (
        "import flask\n{test}    setattr(flask.Flask, 'run', print)\n",
        "'flask.Flask' is replaced",
        5,
    ),
    "deleted": (
        "from werkzeug.wrappers import Response\n{test}    del Response.freeze\n",
        "'Response.freeze' is replaced",
        5,
    ),
    "code": (
        "{test}    shop.index.__code__ = other.__code__\n",
        "'shop.index.__code__' is replaced",
        4,
    ),
    "caught": (
        "{test}    try:\n        assert app.x\n    except AssertionError:\n"
        "        pass\n",
        "'except' hides an assertion",
        6,
    ),
    "all caught": (
        "{test}    try:\n        for x in app.y:\n            assert x.z\n"
        "    except:\n        pass\n",
        "'except' hides an assertion",
        7,
    ),
    "caught in a helper": (
        "def quiet(f):\n    try:\n        f()\n    except (KeyError, AssertionError):\n"
        "        return\n",
        "'except' hides an assertion",
        4,
    ),
    "suppressed": (
        "{test}    with suppress(AssertionError):\n        assert app.x\n",
        "'suppress' hides an assertion",
        4,
    ),
    "suppressed by a stack": (
        "{test}    stack.enter_context(contextlib.suppress(Exception))\n",
        "'suppress' hides an assertion",
        4,
    ),
    "expected": (
        "{test}    with pytest.raises(AssertionError):\n        assert app.x\n",
        "'raises' also catches the test's own failed assertion",
        4,
    ),
    "by hand": (
        "{test}    @app.after_request\n    def add(response): ...\n    add(1)\n",
        "'add()' calls a hook by hand",
        6,
    ),
    "by hand, registered by a call": (
        "{test}    bp.before_app_request(load)\n    assert load() is None\n",
        "'load()' calls a hook by hand",
        5,
    ),
    "by hand, of a registry": (
        "{test}    app.teardown_request_funcs[None][0](KeyError())\n",
        "'app.teardown_request_funcs[None][0]()' calls a hook by hand",
        4,
    ),
    "by hand, each of a registry": (
        "{test}    x = [f() for f in app.before_request_funcs[None]]\n",
        "'f()' calls a hook by hand",
        4,
    ),
    "by hand, of a snippet": (
        "from snippets.after_request.add_header import add_header as add\n"
        "{test}    add(app.response_class())\n",
        "'add()' calls a hook by hand",
        5,
    ),
    "by hand, of a snippet's module": (
        "from snippets.after_request import add_header\n"
        "{test}    add_header.add_header(app.response_class())\n",
        "'add_header.add_header()' calls a hook by hand",
        5,
    ),
    "hidden": ("{test}test_it.__test__ = False\n", "'__test__' hides tests", 4),
    "hidden module": ("__test__ = False\n{test}", "'__test__' hides tests", 1),
    "ignored": ("collect_ignore = ['test_it.py']\n", "'collect_ignore' hides", 1),
    "ignored later": ("collect_ignore_glob += ['*']\n", "'collect_ignore_glob'", 1),
}
TEST = "def test_it():\n    '''It claims.'''\n    assert 1 == app.x\n"
ACCEPTED = {
    "plain": TEST,
    "versions": f"@pytest.mark.skipif(FLASK < (3, 0), reason='new')\n{TEST}",
    "a Python": f"@pytest.mark.skipif(sys.version_info < (3, 11), reason='x')\n{TEST}",
    "marks": f"@pytest.mark.parametrize('x', [1])\n{TEST}",
    "usefixtures": f"@pytest.mark.usefixtures('client')\n{TEST}",
    "caught by name": (
        f"{TEST}    try:\n        app.x()\n    except Exception as error:\n"
        "        seen.append(error)\n"
    ),
    "raised again": (
        f"{TEST}    try:\n        assert app.x\n    except AssertionError:\n"
        "        raise RuntimeError\n"
    ),
    "suppressed by name": f"{TEST}    with suppress(KeyError):\n        app.x()\n",
    "Flask's own": f"{TEST}    with pytest.raises(AssertionError):\n        app.x()\n",
    "asserted in a view": (
        f"{TEST}    with pytest.raises(AssertionError):\n        @app.get('/')\n"
        "        def index():\n            assert request.args\n"
    ),
    "a snippet's value": f"{TEST}    monkeypatch.setattr(shop, 'send_file', print)\n",
    "a proxy's value": f"from flask import g\n{TEST}    g.user = 'Ada'\n",
    "an app's method": f"from flask import g\n{TEST}    app.wsgi_app = Outer(app)\n",
    "called by another hook": (
        f"{TEST}    @app.before_request\n    def note(): ...\n"
        "    @app.after_request\n    def last(response):\n        note()\n"
    ),
    "a handled exception": f"{TEST}    app.errorhandler(Sold)(show)\n    Sold()\n",
    "a registry's list": f"{TEST}    app.before_request_funcs[None].remove(f)\n",
    "words": f"{TEST}    app.skip('x')\n    steps.exit()\n",
}


@pytest.mark.canary
@pytest.mark.parametrize("case", REFUSED)
def test_a_test_that_proves_nothing_is_found(case):
    text, message, line = REFUSED[case]
    (fault,) = faults(ast.parse(text.format(test=TEST)), BEHAVIOUR.parents[1])
    assert message in fault.message
    assert fault.line == line


@pytest.mark.parametrize("case", ACCEPTED)
def test_other_tests_are_proofs(case):
    assert faults(ast.parse(ACCEPTED[case]), BEHAVIOUR.parents[1]) == []


def test_each_test_of_the_house_is_a_proof():
    assert len(list(BEHAVIOUR.rglob("test_*.py"))) > 50
    assert [each for each in in_folder(BEHAVIOUR).items() if each[1][1]] == []
    claims = [
        proof.claim
        for file in proofs.files(BEHAVIOUR)
        for proof in proofs.tests(BEHAVIOUR, file)
    ]
    assert len(claims) > 1000
    assert [claim for claim in claims if len(claim.split()) < 2] == []


def test_a_file_that_has_changed_is_read_again(tmp_path):
    file, other = tmp_path / "test_it.py", tmp_path / "test_other.py"
    file.write_text(TEST)
    other.write_text(TEST)
    known = in_folder(tmp_path)
    assert [found for _, found in known.values()] == [[], []]
    file.write_text(f"@pytest.mark.skip\n{TEST}")
    now = in_folder(tmp_path, known)
    assert [len(found) for _, found in now.values()] == [1, 0]
    assert now[other] is known[other]
