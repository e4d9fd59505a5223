"""The session cookie: when it is sent, and what it says."""

from datetime import datetime, timezone
from uuid import UUID

import pytest
from flask import session
from markupsafe import Markup

from tests.behaviour.sessions.cookies import VARIES, cookie, send
from tests.behaviour.versions import FLASK, RELEASE


def test_session_survives_to_the_next_request(basket):
    """The client sends the cookie back, and the session is as it was."""
    client = basket.test_client()
    client.get("/add/tea")
    client.get("/add/cup")
    assert client.get("/show").json == {"tea": 1, "cup": 1}


def test_session_belongs_to_one_client(basket):
    """Another client has no cookie, so its session is empty."""
    basket.test_client().get("/add/tea")
    assert basket.test_client().get("/show").json == {}


def test_session_cookie_keeps_types_that_json_does_not_know(app):
    """Tuples, bytes, dates, UUIDs and Markup come back as what they were."""
    app.secret_key = "tea"
    values = {
        "tuple": (1, 2),
        "bytes": b"\x00",
        "date": datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc),
        "uuid": UUID(int=7),
        "markup": Markup("<b>"),
        "dict": {" t": 1},
    }
    found = {}
    app.add_url_rule("/in", "in", lambda: session.update(values) or "")
    app.add_url_rule("/out", "out", lambda: found.update(session) or "")
    client = app.test_client()
    client.get("/in")
    client.get("/out")
    assert found == values
    assert type(found["markup"]) is Markup


def test_session_cookie_has_a_name_a_path_and_is_http_only(basket):
    """It has nothing else, and lasts as long as the browser is open."""
    name, value, attributes = cookie(basket.test_client().get("/add/tea"))
    assert name == "session"
    assert value.count(".") == 2
    assert attributes == {"path": "/", "httponly": ""}


SETTINGS = {
    "SESSION_COOKIE_NAME": "basket",
    "SESSION_COOKIE_DOMAIN": "tea.example",
    "SESSION_COOKIE_PATH": "/shop",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": False,
    "SESSION_COOKIE_SAMESITE": "Strict",
}

ATTRIBUTES = {
    "domain": "tea.example",
    "path": "/shop",
    "secure": "",
    "samesite": "Strict",
}


def test_settings_decide_the_attributes_of_the_session_cookie(basket):
    """SESSION_COOKIE_NAME, _DOMAIN, _PATH, _SECURE, _HTTPONLY and _SAMESITE."""
    basket.config.update(SETTINGS)
    name, _, attributes = cookie(basket.test_client().get("/add/tea"))
    assert (name, attributes) == ("basket", ATTRIBUTES)


@pytest.mark.parametrize(
    ("setting", "value", "changed"),
    [
        ("SESSION_COOKIE_DOMAIN", "tea.example", {"domain": "tea.example"}),
        ("SESSION_COOKIE_PATH", "/shop", {"path": "/shop"}),
        ("APPLICATION_ROOT", "/root", {"path": "/root"}),
        ("SESSION_COOKIE_SECURE", True, {"secure": ""}),
        ("SESSION_COOKIE_SAMESITE", "Lax", {"samesite": "Lax"}),
    ],
)
def test_each_setting_changes_one_attribute_of_the_session_cookie(
    basket, setting, value, changed
):
    """The header that deletes the session has it, too: a browser compares both."""
    basket.config[setting] = value
    expected = {"path": "/", "httponly": "", **changed}
    response = basket.test_client().get("/add/tea")
    assert cookie(response)[2] == expected
    deleted = cookie(send(basket, "/clear", cookie(response)[1]))[2]
    assert deleted.pop("expires").endswith("1970 00:00:00 GMT")
    assert deleted.pop("max-age") == "0"
    assert deleted == expected


def test_path_of_the_session_cookie_wins_over_the_application_root(basket):
    """SESSION_COOKIE_PATH first, then APPLICATION_ROOT."""
    basket.config.update(SESSION_COOKIE_PATH="/shop", APPLICATION_ROOT="/root")
    assert cookie(basket.test_client().get("/add/tea"))[2]["path"] == "/shop"


def test_partitioned_session_cookie_came_with_flask_3_1(basket):
    """SESSION_COOKIE_PARTITIONED marks it for embedding in other sites."""
    basket.config["SESSION_COOKIE_PARTITIONED"] = True
    attributes = cookie(basket.test_client().get("/add/tea"))[2]
    assert ("partitioned" in attributes) == (FLASK >= (3, 1))


def test_deleted_session_cookie_keeps_its_attributes(basket):
    """The browser removes the cookie only if name, domain and path are the same."""
    basket.config.update(SETTINGS, SESSION_COOKIE_DOMAIN=None, SESSION_COOKIE_PATH="/")
    basket.config["SESSION_COOKIE_PARTITIONED"] = True
    client = basket.test_client()
    client.get("/add/tea", base_url="https://localhost")
    name, value, attributes = cookie(client.get("/clear", base_url="https://localhost"))
    assert (name, value) == ("basket", "")
    assert attributes.pop("expires") == "Thu, 01 Jan 1970 00:00:00 GMT"
    assert attributes.pop("max-age") == "0"
    assert (attributes.pop("partitioned", None) == "") == (FLASK >= (3, 1))
    assert attributes == {"path": "/", "secure": "", "samesite": "Strict"}


def test_cookie_of_an_emptied_session_is_deleted(basket):
    """If a session that had values is empty, Flask deletes the cookie."""
    client = basket.test_client()
    client.get("/add/tea")
    response = client.get("/clear")
    assert cookie(response)[1] == ""
    assert response.headers.get("Vary") == VARIES
    assert client.get("/show").json == {}
    assert "Set-Cookie" not in client.get("/about").headers


def test_session_that_was_only_read_sets_no_cookie(basket):
    """But the response depends on the cookie, and Vary tells caches so."""
    client = basket.test_client()
    client.get("/add/tea")
    response = client.get("/show")
    assert "Set-Cookie" not in response.headers
    assert response.headers["Vary"] == "Cookie"


def test_session_that_was_not_touched_leaves_the_response_alone(basket):
    """No cookie, no Vary: the response can be cached for everyone."""
    client = basket.test_client()
    client.get("/add/tea")
    response = client.get("/about")
    assert "Set-Cookie" not in response.headers
    assert "Vary" not in response.headers


def test_empty_session_that_was_read_varies_without_a_cookie(app):
    """Reading a session that doesn't exist adds Vary and nothing else."""
    app.secret_key = "tea"
    app.add_url_rule("/", view_func=lambda: str(session.get("cup")))
    response = app.test_client().get("/")
    assert response.headers.get("Vary") == VARIES
    assert "Set-Cookie" not in response.headers


def test_response_with_a_session_cookie_varies(basket):
    """Vary: Cookie keeps shared caches from giving it to others."""
    assert basket.test_client().get("/add/tea").headers["Vary"] == "Cookie"


def test_vary_of_the_session_is_added_to_that_of_the_view(basket):
    """What the view says there stays."""
    basket.after_request(lambda r: r.vary.add("Accept") or r)
    vary = basket.test_client().get("/add/tea").headers["Vary"]
    assert sorted(vary.split(", ")) == ["Accept", "Cookie"]


@pytest.mark.parametrize(
    "look",
    [
        lambda: session["tea"],
        lambda: session.get("tea"),
        lambda: session.setdefault("tea"),
    ],
    ids=["item", "get", "setdefault"],
)
def test_reading_a_key_of_the_session_varies(basket, look):
    """Each way of asking for a value counts."""
    basket.add_url_rule("/look", view_func=lambda: str(look()), endpoint="look")
    client = basket.test_client()
    client.get("/add/tea")
    response = client.get("/look")
    assert response.status_code == 200
    assert response.headers["Vary"] == "Cookie"


@pytest.mark.parametrize(
    "look",
    [lambda: "tea" in session, lambda: len(session), lambda: list(session)],
    ids=["in", "len", "list"],
)
def test_looking_at_the_keys_of_the_session_varies_since_3_1_3(basket, look):
    """Before, such a response could be cached for everyone: a security fix."""
    basket.add_url_rule("/look", view_func=lambda: str(look()), endpoint="look")
    client = basket.test_client()
    client.get("/add/tea")
    assert ("Vary" in client.get("/look").headers) == (RELEASE >= (3, 1, 3))


CHANGES = {
    "item": lambda: session.__setitem__("cup", 2),
    "del": lambda: session.__delitem__("tea"),
    "pop": lambda: session.pop("tea"),
    "popitem": lambda: session.popitem(),
    "update": lambda: session.update(cup=2),
    "setdefault": lambda: session.setdefault("cup", 2),
    "modified": lambda: setattr(session, "modified", True),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_changing_the_session_sends_the_cookie_again(basket, change):
    """Every method of a dict that changes it, and the word of the view."""
    basket.add_url_rule("/change", view_func=lambda: str(change()), endpoint="change")
    client = basket.test_client()
    client.get("/add/tea")
    client.get("/add/milk")
    assert cookie(client.get("/change"))[1] != ""


def test_change_inside_a_value_of_the_session_goes_unnoticed(app):
    """Adding to a list in the session doesn't mark it: set modified."""
    app.secret_key = "tea"
    app.add_url_rule("/new", "new", lambda: session.update(items=[]) or "")
    app.add_url_rule("/grow", "grow", lambda: session["items"].append(1) or "")
    app.add_url_rule("/show", "show", lambda: session["items"])
    client = app.test_client()
    client.get("/new")
    assert "Set-Cookie" not in client.get("/grow").headers
    assert client.get("/show").json == []


@pytest.mark.parametrize("permanent", [False, True])
def test_cookie_of_a_permanent_session_survives_delete_cookie(app, permanent):
    """Flask adds its own cookie later; without one, the deletion counts."""
    app.secret_key = "tea"

    @app.get("/login")
    def log_in():
        session.permanent = permanent
        session["user"] = "ada"
        return "Welcome"

    @app.get("/logout")
    def log_out():
        response = app.make_response("Bye")
        response.delete_cookie("session")
        return response

    app.add_url_rule("/", "index", lambda: session.get("user", "stranger"))
    client = app.test_client()
    client.get("/login")
    client.get("/logout")
    assert client.get("/").text == ("ada" if permanent else "stranger")
