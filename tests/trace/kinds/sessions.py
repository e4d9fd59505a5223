"""Session interfaces and signals of every sort."""

import functools

import blinker
from flask import (
    Flask,
    appcontext_popped,
    appcontext_pushed,
    current_app,
    g,
    got_request_exception,
    request_finished,
    request_started,
    session,
)
from flask.sessions import (
    SecureCookieSession,
    SecureCookieSessionInterface,
    SessionInterface,
    SessionMixin,
)
from werkzeug.datastructures import CallbackDict

from . import ask, program


@program
def server_side_session(called, seen):
    """A session interface with a store; counts its own reads."""
    store = {}

    class Sess(CallbackDict, SessionMixin):
        def __init__(self, initial=None, sid=None):
            def changed(self):
                self.modified = True

            super().__init__(initial, changed)
            self.sid = sid
            self.modified = False

    class Iface(SessionInterface):
        session_class = Sess

        def open_session(self, app, request):
            sid = request.cookies.get("sid")
            seen(("open", sid))
            return self.session_class(store.get(sid, {}), sid or "s1")

        def save_session(self, app, session, response):
            seen(("save", session.modified, dict(session)))
            if session.modified:
                store[session.sid] = dict(session)
                response.set_cookie("sid", session.sid)

    app = Flask("shop")
    app.session_interface = Iface()

    @app.before_request
    def look():
        called("before_request look")
        session["n"] = session.get("n", 0) + 1

    @app.get("/")
    def page():
        called("view page")
        return str(session["n"])

    c = app.test_client()
    for _ in range(3):
        response = c.get("/")
        seen((response.text, list(response.headers)))


@program
def lazy_session_counts_queries(called, seen):
    class Lazy(SessionMixin):
        queries = 0
        modified = False

        def __init__(self):
            self._d = None

        def _load(self):
            if self._d is None:
                type(self).queries += 1
                self._d = {"user": "ann"}
            return self._d

        def __getitem__(self, k):
            return self._load()[k]

        def __setitem__(self, k, v):
            self._load()[k] = v
            self.modified = True

        def __delitem__(self, k):
            del self._load()[k]

        def __iter__(self):
            return iter(self._load())

        def __len__(self):
            return len(self._load())

    class Iface(SessionInterface):
        def open_session(self, app, request):
            return Lazy()

        def save_session(self, app, session, response):
            pass

        def is_null_session(self, obj):
            return False

    app = Flask("shop")
    app.session_interface = Iface()

    @app.get("/a")
    def a():
        called("view a")
        return "a"

    @app.get("/b")
    def b():
        called("view b")
        return session["user"]

    c = app.test_client()
    for u in "/a", "/b", "/a":
        seen(c.get(u).text)
        seen(Lazy.queries)


@program
def session_class_with_property(called, seen):
    class Own(SecureCookieSession):
        reads = 0

        @property
        def accessed(self):
            Own.reads += 1
            return self.__dict__.get("acc", False)

        @accessed.setter
        def accessed(self, v):
            seen(("accessed", v))
            self.__dict__["acc"] = v

    class Iface(SecureCookieSessionInterface):
        session_class = Own

    app = Flask("shop")
    app.secret_key = "k"
    app.session_interface = Iface()

    @app.get("/")
    def page():
        called("view page")
        session["a"] = 1
        return "x"

    @app.get("/n")
    def n():
        called("view n")
        return "n"

    ask(app, seen, "/", "/n")
    seen(Own.reads)


@program
def null_session_and_failing_open(called, seen):
    app = Flask("shop")

    @app.get("/")
    def page():
        called("view page")
        try:
            session["a"] = 1
        except RuntimeError as e:
            return str(e)[:20]

    class Broken(SessionInterface):
        def open_session(self, app, request):
            raise KeyError("store is down")

        def save_session(self, *a):
            seen("save")

    @app.errorhandler(500)
    def sorry(error):
        called("errorhandler sorry")
        return "sorry", 500

    ask(app, seen)
    app.session_interface = Broken()
    ask(app, seen)


@program
def save_session_that_raises(called, seen):
    class Bad(SecureCookieSessionInterface):
        def save_session(self, app, session, response):
            raise OSError("disk")

    app = Flask("shop")
    app.secret_key = "k"
    app.session_interface = Bad()

    @app.get("/")
    def page():
        called("view page")
        return "x"

    @app.after_request
    def stamp(response):
        called("after_request stamp")
        return response

    @app.errorhandler(OSError)
    def never(error):
        called("errorhandler never")
        return "no"

    ask(app, seen)


@program
def signals_weak_and_methods(called, seen):
    app = Flask("shop")
    log = []

    class Listener:
        def __init__(self):
            request_started.connect(self.on, app)

        def on(self, sender, **k):
            called("signal on")

        def __del__(self):
            log.append("gone")

    one = Listener()

    def once(sender, **k):
        called("signal once")
        request_finished.disconnect(once, app)

    request_finished.connect(once, app)

    @app.get("/")
    def page():
        called("view page")
        return "x"

    ask(app, seen, "/")
    ask(app, seen, "/")
    del one
    ask(app, seen)
    seen(log)


@program
def signal_receiver_as_partial_and_any(called, seen):
    app = Flask("shop")

    def note(tag, sender, **k):
        called("signal note")
        seen(tag)

    p = functools.partial(note, "p")
    appcontext_pushed.connect(p, app)
    appcontext_popped.connect(p, app)

    class Callable_:
        def __call__(self, sender, **k):
            called("signal Callable_")

    c = Callable_()
    got_request_exception.connect(c)

    @app.get("/")
    def page():
        called("view page")
        raise KeyError("x")

    ask(app, seen)
    got_request_exception.disconnect(c)


@program
def own_signals_namespace(called, seen):
    mine = blinker.Namespace().signal("paid")
    app = Flask("shop")

    def paid(sender, amount):
        called("signal paid")
        g.amount = amount

    mine.connect(paid)

    def muted(sender, amount):
        called("never")

    mine.connect(muted)

    @app.get("/")
    def page():
        called("view page")
        mine.disconnect(muted)
        mine.send(current_app._get_current_object(), amount=3)
        return str(g.amount)

    ask(app, seen)
