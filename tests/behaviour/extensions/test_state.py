"""Extensions that keep state: Flask-SQLAlchemy, Flask-Session and Flask-SocketIO."""

import pytest
from flask import Response, g, has_request_context, session, stream_with_context

pytestmark = pytest.mark.extensions


class Store:
    """An app with one order in a database in memory."""

    def __init__(self, app):
        from flask_sqlalchemy import SQLAlchemy

        app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
        self.db = SQLAlchemy()
        self.first = self.noted(app)
        self.db.init_app(app)
        self.last = self.noted(app)

        class Order(self.db.Model):
            id = self.db.Column(self.db.Integer, primary_key=True)
            name = self.db.Column(self.db.String)

        self.Order = Order
        with app.app_context():
            self.db.create_all()
            self.db.session.add(Order(name="tea"))
            self.db.session.commit()
        self.first.clear()
        self.last.clear()

    def noted(self, app):
        """Register a teardown_appcontext function; say what it finds in the session."""
        found = []

        @app.teardown_appcontext
        def note(error):
            found.append(len(list(self.db.session)))

        return found

    def order(self):
        return self.db.session.get(self.Order, 1)


@pytest.fixture
def store(app):
    app.testing = True
    store = Store(app)
    yield store
    with app.app_context():
        store.db.engine.dispose()


def test_flask_sqlalchemy_removes_its_session_in_teardown_appcontext(app, store):
    """A function registered after init_app runs before that, an earlier one after."""

    @app.get("/")
    def show():
        g.order = store.order()
        return g.order.name

    assert app.test_client().get("/").text == "tea"
    assert (store.last, store.first) == ([1], [0])


def test_session_is_still_there_in_a_teardown_request_function(app, store, steps):
    """They run before the teardown_appcontext functions."""

    @app.get("/")
    def show():
        g.order = store.order()
        return g.order.name

    app.teardown_request(lambda error: steps.append(g.order in store.db.session))
    assert app.test_client().get("/").text == "tea"
    assert steps == [True]


def test_change_that_is_not_committed_is_gone_after_the_request(app, store):
    """Removing the session rolls back."""

    @app.get("/change")
    def change():
        store.order().name = "coffee"
        return store.order().name

    app.add_url_rule("/", "show", lambda: store.order().name)
    client = app.test_client()
    assert client.get("/change").text == "coffee"
    assert client.get("/").text == "tea"


@pytest.mark.parametrize("keep", [iter, stream_with_context])
def test_object_read_in_a_streamed_body_after_a_commit_is_detached(app, store, keep):
    """Its session was removed before the body; stream_with_context is too late."""
    from sqlalchemy.orm.exc import DetachedInstanceError

    @app.get("/")
    def stream():
        order = store.order()
        store.db.session.commit()
        return Response(keep(name(order) for _ in range(1)))

    def name(order):
        return order.name

    with pytest.raises(DetachedInstanceError, match="is not bound to a Session"):
        app.test_client().get("/")


def test_value_read_before_the_stream_begins_is_sent(app, store):
    """Read what the body needs in the view, and give the generator plain values."""

    @app.get("/")
    def stream():
        names = [store.order().name]
        return Response(name for name in names)

    assert app.test_client().get("/").text == "tea"


def test_query_in_a_streamed_body_needs_stream_with_context(app, store):
    """Without it there is no app context, and the session raises."""

    def names():
        yield store.order().name

    app.add_url_rule("/", "bare", lambda: Response(names()))
    app.add_url_rule("/kept", "kept", lambda: Response(stream_with_context(names())))
    client = app.test_client()
    with pytest.raises(RuntimeError, match="Working outside of application context"):
        client.get("/")
    assert client.get("/kept").text == "tea"


def test_flask_session_saves_after_all_after_request_functions(app, steps):
    """As Flask's own session does; a change in a teardown function is lost."""
    from cachelib import SimpleCache
    from flask_session import Session

    app.config.update(SESSION_TYPE="cachelib", SESSION_CACHELIB=SimpleCache())
    Session(app)
    app.before_request(lambda: steps.append(sorted(session)))

    @app.after_request
    def note(response):
        steps.append("Set-Cookie" in response.headers)
        session["after"] = True
        return response

    app.teardown_request(lambda error: session.update(late=True))
    app.add_url_rule("/", "index", lambda: "shop")
    client = app.test_client()
    assert "session=" in client.get("/").headers["Set-Cookie"]
    assert client.get("/").text == "shop"
    assert steps[:2] == [["_permanent"], False]
    assert steps[2] == ["_permanent", "after"]


@pytest.fixture
def chat(app, steps):
    """An app with Flask-SocketIO, whose functions all note that they ran."""
    from flask_socketio import SocketIO

    app.secret_key = "only for tests"
    app.before_request(lambda: steps.append("before"))
    app.after_request(lambda response: steps.append("after") or response)
    app.teardown_request(lambda error: steps.append("teardown"))
    app.add_url_rule("/", "index", lambda: session.get("name", "nobody"))
    chat = SocketIO(app, async_mode="threading")

    @chat.on("message")
    def receive(text):
        steps.append((text, has_request_context(), session.get("name")))
        session["name"] = text

    return chat


def test_events_of_flask_socketio_run_teardown_functions_only(app, chat, steps):
    """They have a request context; before_request and after_request are skipped."""
    visitor = chat.test_client(app)
    steps.clear()
    visitor.send("ada")
    assert steps == [("ada", True, None), "teardown"]


def test_session_of_a_socket_is_apart_from_that_of_the_pages(app, chat, steps):
    """It is a copy of when the socket connected; changes stay in it."""
    pages = app.test_client()
    visitor = chat.test_client(app, flask_test_client=pages)
    visitor.send("ada")
    visitor.send("bob")
    assert steps[-2] == ("bob", True, "ada")
    assert pages.get("/").text == "nobody"


def test_polling_of_flask_socketio_runs_no_hooks(app, chat, steps):
    """Its WSGI middleware answers /socket.io before Flask sees the request."""
    response = app.test_client().get("/socket.io/?EIO=4&transport=polling")
    assert response.status_code == 200
    assert steps == []
