"""Sessions without a secret key, and sessions that are kept elsewhere."""

from importlib.metadata import version

import flask
import pytest
from flask import Blueprint, Flask, request, session
from flask.sessions import NullSession, SessionInterface, SessionMixin
from packaging.version import Version
from werkzeug.routing import BaseConverter

from tests.behaviour.versions import RELEASE

WERKZEUG = Version(version("werkzeug")).release

NO_KEY = (
    "The session is unavailable because no secret key was set.  Set the secret_key on "
    "the application to something unique and secret."
)


class MemorySession(dict, SessionMixin):
    """A dict with the attributes that Flask asks a session for."""


class MemoryInterface(SessionInterface):
    """Keep one session in memory, and note what Flask asks for."""

    def __init__(self, steps=()):
        self.stored = MemorySession()
        self.steps = steps

    def open_session(self, app, request):
        self.steps.append(f"open {request.path}")
        return self.stored

    def save_session(self, app, session, response):
        self.steps.append(f"save {response.status_code}")
        response.headers["X-Saved"] = app.name
        self.stored = session


def name_of_session_class():
    return type(session._get_current_object()).__name__


CHANGES = {
    "item": lambda: session.__setitem__("cup", 2),
    "del": lambda: session.__delitem__("cup"),
    "clear": lambda: session.clear(),
    "pop": lambda: session.pop("cup"),
    "popitem": lambda: session.popitem(),
    "update": lambda: session.update(cup=2),
    "setdefault": lambda: session.setdefault("cup", 2),
    "permanent": lambda: setattr(session, "permanent", True),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_changing_the_session_without_a_secret_key_is_an_error(app, change):
    """Whichever method is used: the message says what to set."""
    with app.test_request_context(), pytest.raises(RuntimeError) as caught:
        change()
    assert str(caught.value) == NO_KEY


@pytest.mark.parametrize("key", [None, "", b""])
def test_session_without_a_secret_key_can_be_read(app, key):
    """It is empty; nothing is saved and no header set."""
    app.secret_key = key
    app.add_url_rule("/", view_func=lambda: f"{session.get('cup')} {'cup' in session}")
    response = app.test_client().get("/", headers={"Cookie": "session=x.y.z"})
    assert response.text == "None False"
    assert "Set-Cookie" not in response.headers
    assert "Vary" not in response.headers


def test_session_interface_opens_before_and_saves_after_the_hooks(app, steps):
    """Even the before_request functions find the session open."""
    app.session_interface = MemoryInterface(steps)
    app.before_request(lambda: steps.append("before_request"))
    app.after_request(lambda response: steps.append("after_request") or response)
    app.add_url_rule("/", view_func=lambda: steps.append("view") or "Tea")
    response = app.test_client().get("/")
    assert steps == ["open /", "before_request", "view", "after_request", "save 200"]
    assert response.headers["X-Saved"] == app.name


def test_session_interface_saves_a_session_that_was_not_touched(app, steps):
    """Whether it changed is for the interface to find out."""
    app.session_interface = MemoryInterface(steps)
    app.test_client().get("/nowhere")
    assert steps == ["open /nowhere", "save 404"]


def test_session_interface_keeps_any_mapping_with_the_mixin(app, steps):
    """session is what open_session returned."""
    app.session_interface = MemoryInterface(steps)
    app.add_url_rule(
        "/", view_func=lambda: session.setdefault("cups", []).append(1) or ""
    )
    client = app.test_client()
    client.get("/")
    client.get("/")
    assert app.session_interface.stored == {"cups": [1, 1]}


def test_session_mixin_counts_as_changed_unless_told_otherwise(app):
    """Its defaults: modified, not new, not permanent, not accessed."""
    kept = MemorySession()
    assert (kept.modified, kept.new, kept.permanent) == (True, False, False)
    kept.permanent = "yes"
    assert (kept.permanent, kept) == (True, {"_permanent": True})


def test_session_mixin_is_accessed_only_when_told():
    """Flask 3.1.3 made the default False: the request context now tracks it."""
    assert MemorySession().accessed == (RELEASE < (3, 1, 3))


def test_session_interface_that_opens_nothing_gives_the_null_session(app, steps):
    """open_session may return None: reading works, save_session is not called."""

    class Nothing(MemoryInterface):
        def open_session(self, app, request):
            return None

    app.session_interface = Nothing(steps)
    app.add_url_rule(
        "/", view_func=lambda: type(session._get_current_object()).__name__
    )
    assert app.test_client().get("/").text == "NullSession"
    assert steps == []


def test_null_session_class_may_be_replaced(app, steps):
    """make_null_session creates it, and such a session is not saved."""

    class Anonymous(NullSession):
        pass

    class Nothing(MemoryInterface):
        null_session_class = Anonymous

        def open_session(self, app, request):
            return None

    app.session_interface = Nothing(steps)
    app.add_url_rule(
        "/", view_func=lambda: type(session._get_current_object()).__name__
    )
    assert app.test_client().get("/").text == "Anonymous"
    assert steps == []


def test_session_interface_has_to_open_and_save():
    """The base class defines neither."""
    app = Flask("shop")
    with pytest.raises(NotImplementedError):
        SessionInterface().open_session(app, None)
    with pytest.raises(NotImplementedError):
        SessionInterface().save_session(app, {}, None)


def test_session_interface_does_not_pickle_unless_told():
    """pickle_based is for interfaces of one's own."""
    assert SessionInterface.pickle_based is False
    assert Flask.session_interface.pickle_based is False


def test_session_is_opened_before_the_url_is_matched(app):
    """So a URL converter may look into the session."""

    class Cup(BaseConverter):
        def to_python(self, value):
            return f"{value} for {session.get('name', 'nobody')}"

    app.secret_key = "tea"
    app.url_map.converters["cup"] = Cup
    app.add_url_rule("/<cup:cup>", view_func=lambda cup: cup)
    assert app.test_client().get("/green").text == "green for nobody"


def test_session_transaction_changes_the_session_between_requests(app):
    """The test client opens and saves the session as a request would."""
    app.secret_key = "tea"
    app.add_url_rule("/", view_func=lambda: session.get("cup", "none"))
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["cup"] = "green"
    assert client.get("/").text == "green"


def test_session_emptied_by_its_interface_loses_its_cookie(app):
    """The view need not touch it; the response still varies by cookie."""

    class Forgetful(type(app.session_interface)):
        def open_session(self, app, request):
            opened = super().open_session(app, request)
            opened.clear()
            return opened

    app.secret_key = "tea"
    app.session_interface = Forgetful()
    response = app.test_client().get("/")
    assert response.headers["Set-Cookie"].startswith("session=; Expires=Thu, 01 Jan")
    # Before, nothing told caches that the answer depends on the cookie.
    assert response.headers.get("Vary") == ("Cookie" if RELEASE >= (2, 2, 5) else None)


def test_session_decides_about_its_cookie_with_should_set_cookie(app):
    """An interface may always say yes."""

    class Always(type(app.session_interface)):
        def should_set_cookie(self, app, session):
            return True

    app.secret_key = "tea"
    app.session_interface = Always()
    app.add_url_rule("/", view_func=lambda: session.setdefault("cup", "green"))
    client = app.test_client()
    client.get("/")
    assert "Set-Cookie" in client.get("/").headers


def test_session_class_of_the_cookie_interface_may_be_replaced(app):
    """A subclass of its session class is used with and without a cookie."""

    class Cart(type(app.session_interface).session_class):
        pass

    class Interface(type(app.session_interface)):
        session_class = Cart

    app.secret_key = "tea"
    app.session_interface = Interface()
    seen = []

    @app.get("/")
    def index():
        seen.append(type(session._get_current_object()))
        session["cup"] = 1
        return ""

    client = app.test_client()
    client.get("/")
    client.get("/")
    client.get("/", headers={"Cookie": "session=broken"})
    app.test_client(use_cookies=False).get("/", headers={"Cookie": "session=broken"})
    assert seen == [Cart] * 4


def test_open_session_knows_the_path_and_no_endpoint_which_save_session_does(app):
    """Nor the arguments, the rule and the blueprint: the URL isn't matched yet."""

    def known(asked):
        values = asked.endpoint, asked.view_args, asked.url_rule, asked.blueprint
        return asked.path, *(value is not None for value in values)

    class Looking(MemoryInterface):
        def open_session(self, app, asked):
            self.steps.append(known(asked))
            return super().open_session(app, asked)

        def save_session(self, app, session, response):
            self.steps.append(known(request))

    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/orders/<int:number>", "show", lambda number: "Tea")
    app.register_blueprint(shop)
    seen = []
    app.session_interface = Looking(seen)
    app.test_client().get("/orders/7")
    at_first, _, at_last = seen
    assert at_first == ("/orders/7", False, False, False, False)
    assert at_last == ("/orders/7", True, True, True, True)


CHANGES_OF_KEYS = {
    name: change for name, change in CHANGES.items() if name != "permanent"
}


@pytest.mark.parametrize("change", CHANGES_OF_KEYS.values(), ids=CHANGES_OF_KEYS)
def test_session_notices_each_change_of_its_own_keys(app, change):
    """Nobody sets session.modified, and the cookie is sent."""
    app.secret_key = "tea"
    app.add_url_rule("/", "index", lambda: str(change()))
    client = app.test_client()
    if change is not CHANGES["setdefault"]:
        with client.session_transaction() as before:
            before["cup"] = 1
    response = client.get("/")
    assert response.status_code == 200
    assert "Set-Cookie" in response.headers


def test_session_notices_an_update_by_operator_since_werkzeug_3_1(app):
    """Before, a dict that |= adds to the session is lost."""
    app.secret_key = "tea"

    @app.get("/")
    def add():
        flask.session |= {"cup": 1}
        return str(session["cup"])

    response = app.test_client().get("/")
    assert response.text == "1"
    assert ("Set-Cookie" in response.headers) == (WERKZEUG >= (3, 1))
