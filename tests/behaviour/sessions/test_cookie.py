"""The session cookie: when it is sent, and what it says."""

import hashlib
import time
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from uuid import UUID

import pytest
from flask import Flask, session
from markupsafe import Markup

from tests.behaviour.versions import FLASK, RELEASE

# Flask 2.2.5 and 2.3.2 closed a hole: without Vary, a cache could hand an answer with
# a renewed or a deleted session cookie to other visitors.
VARIES = "Cookie" if RELEASE >= (2, 2, 5) else None
# Written by Flask 2.2 with the secret key "tea".
OLD_COOKIE = "eyJjdXAiOiJncmVlbiJ9.awFsoQ.X8Cf-7To9ppVFbInQn5YcXB2pmQ"


@pytest.fixture
def basket(app):
    """A shop whose session holds the items that were put into the basket."""
    app.secret_key = "tea"

    @app.get("/add/<item>")
    def add(item):
        session[item] = 1
        return "Added"

    @app.get("/remember")
    def remember():
        session.permanent = True
        return "Remembered"

    @app.get("/forget")
    def forget():
        session.permanent = False
        return "Forgotten"

    @app.get("/show")
    def show():
        return dict(session)

    @app.get("/clear")
    def clear():
        session.clear()
        return "Cleared"

    @app.get("/about")
    def about():
        return "About"

    return app


def send(app, url, value):
    """Visit *url* with the given value of the session cookie."""
    client = app.test_client(use_cookies=False)
    return client.get(url, headers={"Cookie": f"session={value}"})


def cookie(response):
    """Return the value and the attributes of the one cookie that is set."""
    (header,) = response.headers.getlist("Set-Cookie")
    (name, value), *attributes = [
        part.partition("=")[::2] for part in header.split("; ")
    ]
    return name, value, {name.lower(): value for name, value in attributes}


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
    """That is all: it lasts as long as the browser is open."""
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
    """Also on the cookie that deletes the session: a browser compares them."""
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
    """An empty session that was not empty before: the cookie goes."""
    client = basket.test_client()
    client.get("/add/tea")
    response = client.get("/clear")
    assert cookie(response)[1] == ""
    assert response.headers.get("Vary") == VARIES
    assert client.get("/show").json == {}
    assert "Set-Cookie" not in client.get("/about").headers


def test_session_that_was_only_read_sets_no_cookie(basket):
    """But the answer depends on the cookie, and Vary tells caches so."""
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
    """Reading a session that is not there says Vary and nothing else."""
    app.secret_key = "tea"
    app.add_url_rule("/", view_func=lambda: str(session.get("cup")))
    response = app.test_client().get("/")
    assert response.headers.get("Vary") == VARIES
    assert "Set-Cookie" not in response.headers


def test_response_with_a_session_cookie_varies(basket):
    """Vary: Cookie keeps shared caches from handing it to others."""
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
    """Before, such an answer could be cached for everyone: a security fix."""
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
    """A list in the session that grows does not mark it: modified has to."""
    app.secret_key = "tea"
    app.add_url_rule("/new", "new", lambda: session.update(items=[]) or "")
    app.add_url_rule("/grow", "grow", lambda: session["items"].append(1) or "")
    app.add_url_rule("/show", "show", lambda: session["items"])
    client = app.test_client()
    client.get("/new")
    assert "Set-Cookie" not in client.get("/grow").headers
    assert client.get("/show").json == []


# Permanent sessions.


def expiry(response):
    return parsedate_to_datetime(cookie(response)[2]["expires"])


@pytest.mark.parametrize(
    ("lifetime", "days"),
    [(None, 31), (timedelta(days=2), 2), (3 * 86400, 3)],
)
def test_permanent_session_expires_after_its_lifetime(basket, lifetime, days):
    """PERMANENT_SESSION_LIFETIME is a timedelta or seconds; 31 days by default."""
    if lifetime is not None:
        basket.config["PERMANENT_SESSION_LIFETIME"] = lifetime
    expected = datetime.now(timezone.utc) + timedelta(days=days)
    expires = expiry(basket.test_client().get("/remember"))
    assert abs(expires - expected) < timedelta(minutes=1)


def test_lifetime_of_sessions_is_a_timedelta_whatever_was_configured(app):
    """app.permanent_session_lifetime reads the setting; None stays None."""
    assert app.permanent_session_lifetime == timedelta(days=31)
    for setting, lifetime in (
        (60, timedelta(minutes=1)),
        (timedelta(1),) * 2,
        (None, None),
    ):
        app.config["PERMANENT_SESSION_LIFETIME"] = setting
        assert app.permanent_session_lifetime == lifetime


def test_session_expires_at_the_same_time_in_every_time_zone(basket, monkeypatch):
    """Expires is in GMT, whatever the clock of the server shows."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        expires = expiry(basket.test_client().get("/remember"))
    finally:
        monkeypatch.undo()
        time.tzset()
    expected = datetime.now(timezone.utc) + timedelta(days=31)
    assert abs(expires - expected) < timedelta(minutes=1)


def test_permanent_session_is_marked_inside_the_session(basket):
    """session.permanent is a key of the session itself."""
    client = basket.test_client()
    client.get("/remember")
    assert client.get("/show").json == {"_permanent": True}
    client.get("/forget")
    assert client.get("/show").json == {"_permanent": False}


def test_session_is_not_permanent_unless_told(basket):
    """permanent is False for a new session, and becomes a bool when set."""
    basket.add_url_rule(
        "/ask", "ask", lambda: [session.permanent, setattr(session, "permanent", 1)]
    )
    basket.add_url_rule("/told", "told", lambda: [session.permanent])
    client = basket.test_client()
    assert client.get("/ask").json == [False, None]
    assert client.get("/told").json == [True]


def test_permanent_session_is_sent_with_every_response(basket):
    """Its lifetime starts anew: a visitor who comes back stays known."""
    client = basket.test_client()
    client.get("/remember")
    response = client.get("/about")
    assert "expires" in cookie(response)[2]
    assert response.headers.get("Vary") == VARIES


def test_permanent_session_is_sent_once_without_refresh(basket):
    """SESSION_REFRESH_EACH_REQUEST = False: only changes send the cookie."""
    basket.config["SESSION_REFRESH_EACH_REQUEST"] = False
    client = basket.test_client()
    client.get("/remember")
    assert "Set-Cookie" not in client.get("/about").headers
    assert "expires" in cookie(client.get("/add/tea"))[2]


def test_session_that_is_not_permanent_is_not_refreshed(basket):
    """A cookie for the time that the browser is open needs no renewal."""
    client = basket.test_client()
    client.get("/add/tea")
    assert "Set-Cookie" not in client.get("/about").headers


@pytest.mark.parametrize("visit", ["/remember", "/add/tea"])
def test_session_cookie_older_than_the_lifetime_is_ignored(basket, visit):
    """Of any session: the server checks the age that is signed into the cookie."""
    client = basket.test_client()
    client.get(visit)
    assert client.get("/show").json != {}
    basket.config["PERMANENT_SESSION_LIFETIME"] = -1
    assert client.get("/show").json == {}


# Signatures.


def visit(app, value):
    return send(app, "/show", value).json


def test_session_cookie_with_a_wrong_signature_is_an_empty_session(basket):
    """It is no error: the visitor starts anew."""
    value = cookie(basket.test_client().get("/add/tea"))[1]
    assert visit(basket, value) == {"tea": 1}
    assert visit(basket, value[:-2]) == {}
    assert visit(basket, "x" + value) == {}
    assert visit(basket, "nonsense") == {}
    assert visit(basket, "") == {}


def test_signed_session_cookie_that_cannot_be_read_is_a_crash(basket):
    """Only who has the secret key can make one: that is no visitor's mistake."""
    serializer = basket.session_interface.get_signing_serializer(basket)
    signed = serializer.make_signer(serializer.salt).sign(b"nonsense").decode()
    assert send(basket, "/show", signed).status_code == 500


@pytest.mark.parametrize("key_derivation", ["hmac", "concat", "django-concat"])
def test_secret_key_counts_in_every_way_of_signing(basket, key_derivation):
    """What another key has signed is not read."""
    interface = type(Flask.session_interface)
    basket.session_interface = type(
        "Other", (interface,), {"key_derivation": key_derivation}
    )()
    value = cookie(basket.test_client().get("/add/tea"))[1]
    assert visit(basket, value) == {"tea": 1}
    basket.secret_key = "coffee"
    assert visit(basket, value) == {}


def test_session_cookie_of_another_secret_key_is_an_empty_session(basket):
    """A new secret key logs everyone out."""
    value = cookie(basket.test_client().get("/add/tea"))[1]
    basket.secret_key = "coffee"
    assert visit(basket, value) == {}


def test_session_cookie_of_an_older_flask_is_read(basket):
    """Salt, digest and key derivation stay: an upgrade logs nobody out."""
    basket.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=36500)
    assert visit(basket, OLD_COOKIE) == {"cup": "green"}


def test_secret_key_may_be_bytes(basket):
    """The same key as str signs the same."""
    value = cookie(basket.test_client().get("/add/tea"))[1]
    basket.secret_key = b"tea"
    assert visit(basket, value) == {"tea": 1}


def test_old_secret_keys_are_accepted_as_fallbacks_since_flask_3_1(basket):
    """SECRET_KEY_FALLBACKS: cookies of an older key are read, and signed anew."""
    old = cookie(basket.test_client().get("/add/tea"))[1]
    basket.config["SECRET_KEY_FALLBACKS"] = ["milk", "tea"]
    basket.secret_key = "coffee"
    expected = {"tea": 1} if FLASK >= (3, 1) else {}
    assert visit(basket, old) == expected
    new = cookie(basket.test_client().get("/add/cup"))[1]
    basket.config["SECRET_KEY_FALLBACKS"] = None
    assert visit(basket, new) == {"cup": 1}


def test_session_interface_may_sign_in_another_way(basket):
    """salt, key_derivation and digest_method are the attributes to change."""
    value = cookie(basket.test_client().get("/add/tea"))[1]
    for changed in (
        {"salt": "other"},
        {"key_derivation": "concat"},
        {"digest_method": staticmethod(hashlib.sha256)},
    ):
        basket.session_interface = type(
            "Other", (type(Flask.session_interface),), changed
        )()
        assert visit(basket, value) == {}
        other = cookie(basket.test_client().get("/add/cup"))[1]
        assert visit(basket, other) == {"cup": 1}
