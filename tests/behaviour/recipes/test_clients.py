"""What a client of tests keeps from one test to the next."""

import pytest
from flask import session

from tests.behaviour.changes.test_before_2_2 import WERKZEUG
from tests.forked import python_m

TESTS = """
import pytest
from flask import Flask, session

@pytest.fixture(scope="module")
def app():
    app = Flask("shop", static_folder=None)
    app.secret_key = "only for tests"
    app.add_url_rule("/me", "me", lambda: session.get("user", "nobody"))
    return app

@pytest.fixture(scope="SCOPE")
def client(app):
    return app.test_client()

def test_login(client):
    with client.session_transaction() as stored:
        stored["user"] = "ada"
    assert client.get("/me").text == "ada"

def test_visitor(client):
    print("visitor:", client.get("/me").text)
"""


@pytest.mark.parametrize(
    ("scope", "user"),
    [("function", "nobody"), ("module", "ada"), ("session", "ada")],
)
def test_client_of_a_module_stays_logged_in_and_one_of_a_function_does_not(
    tmp_path, scope, user
):
    """A client keeps its cookies; another one of the same app has none."""
    tests = TESTS.replace("SCOPE", scope)
    if scope == "session":
        tests = tests.replace('scope="module"', 'scope="session"')
    tmp_path.joinpath("test_shop.py").write_text(tests, "utf-8")
    asked = "-q", "-s", "-p", "no:cacheprovider", "--rootdir", tmp_path
    run = python_m("pytest", *asked, cwd=tmp_path)
    assert f"visitor: {user}\n" in run.stdout
    assert "2 passed" in run.stdout


def test_client_without_its_session_cookie_is_logged_out_since_werkzeug_2_3(app):
    """Before, delete_cookie wants the server first."""
    app.secret_key = "only for tests"
    app.add_url_rule("/me", "me", lambda: session.get("user", "nobody"))
    client = app.test_client()
    with client.session_transaction() as stored:
        stored["user"] = "ada"
    assert client.get("/me").text == "ada"
    if WERKZEUG >= (2, 3):
        client.delete_cookie("session")
    else:
        with pytest.raises(TypeError):
            client.delete_cookie("session")
        client.delete_cookie("localhost", "session")
    assert client.get("/me").text == "nobody"
