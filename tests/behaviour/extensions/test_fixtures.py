"""pytest-flask: what its fixtures do to an app that a test sends requests to."""

import os
import subprocess
import sys

import pytest

from tests.behaviour.versions import FLASK

pytestmark = pytest.mark.extensions

CONFTEST = """
import pytest
from flask import Flask

@pytest.fixture
def app():
    app = Flask("shop", static_folder=None)
    app.secret_key = "only for tests"
    app.noted = []
    app.before_request(lambda: app.noted.append("before"))
    app.teardown_request(lambda error: app.noted.append("teardown"))
    app.add_url_rule("/tea", "tea", lambda: "tea")
    yield app
    print("noted:", *app.noted)
"""


@pytest.fixture
def run(tmp_path):
    """Return a function that runs one test with pytest-flask, or without it."""

    def run(lines, *options, arguments="app"):
        tmp_path.joinpath("conftest.py").write_text(CONFTEST, "utf-8")
        body = "".join(f"    {line}\n" for line in lines)
        module = (
            f"from flask import g, session, url_for\n\ndef test({arguments}):\n{body}"
        )
        tmp_path.joinpath("test_shop.py").write_text(module, "utf-8")
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider",
             "--rootdir", tmp_path, *options],
            cwd=tmp_path, capture_output=True, text=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        ).stdout  # fmt: skip

    return run


@pytest.mark.parametrize(
    ("options", "noted"),
    [((), "before teardown teardown"), (("-p", "no:flask"), "before teardown")],
)
def test_pytest_flask_runs_teardown_functions_once_more_at_the_end_of_a_test(
    run, options, noted
):
    """It pushes a test_request_context for each test with the fixture app."""
    said = run(["assert app.test_client().get('/tea').text == 'tea'"], *options)
    assert f"noted: {noted}\n" in said
    assert "1 passed" in said


def test_client_fixture_of_pytest_flask_runs_teardown_functions_a_third_time(run):
    """It's a with block around the client."""
    said = run(["assert client.get('/tea').text == 'tea'"], arguments="app, client")
    assert "noted: before teardown teardown teardown\n" in said
    assert "1 passed" in said


def test_block_around_the_client_fixture_of_pytest_flask_is_an_error(run):
    """The fixture has entered the client already."""
    said = run(["with client:", "    client.get('/tea')"], arguments="app, client")
    assert "RuntimeError: Cannot nest client invocations" in said
    assert "1 failed" in said


@pytest.mark.parametrize(
    ("options", "outcome"), [((), "1 passed"), (("-p", "no:flask"), "1 failed")]
)
@pytest.mark.parametrize(
    "line", ["assert url_for('tea') == '/tea'", "session['a'] = 1"]
)
def test_url_for_and_the_session_work_in_a_test_because_of_pytest_flask(
    run, line, options, outcome
):
    """Without its request context both raise, as they would in a thread."""
    assert outcome in run([line], *options)


def test_session_set_in_a_test_with_pytest_flask_reaches_no_request(run):
    """It belongs to the context of the test, which saves it nowhere."""
    said = run([
        "session['user'] = 'ada'",
        "app.add_url_rule('/me', 'me', lambda: session.get('user', 'nobody'))",
        "assert app.test_client().get('/me').text == 'nobody'",
    ])  # fmt: skip
    assert "1 passed" in said


@pytest.mark.skipif(FLASK >= (3, 2), reason="each request has a g of its own")
@pytest.mark.parametrize(
    ("options", "outcome"), [((), "1 passed"), (("-p", "no:flask"), "1 failed")]
)
def test_requests_of_a_test_share_one_g_because_of_pytest_flask(run, options, outcome):
    """Its context is there already, and each request takes the g of that one."""
    said = run(
        [
            "app.add_url_rule('/user', 'user', lambda: g.setdefault('user', 'ada'))",
            "app.add_url_rule('/me', 'me', lambda: g.get('user', 'nobody'))",
            "client = app.test_client()",
            "assert client.get('/user').text == 'ada'",
            "assert client.get('/me').text == 'ada'",
        ],
        *options,
    )
    assert outcome in said
