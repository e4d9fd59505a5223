"""What applications keep in sessions, signals and g, and what is found in it."""

import functools
import gc

from flask import (
    Blueprint,
    Flask,
    abort,
    g,
    render_template_string,
    request,
    request_started,
    session,
    template_rendered,
)
from flask import g as values

from ..running import Programs, a_page

PROGRAMS = Programs()
shows = PROGRAMS.shows


@shows()
def reads_for_g_in_view(app):
    @app.before_request
    def load():
        g.user = session.get("user")

    @app.get("/")
    def index():
        return f"hi {g.user}"


@shows()
def reads_for_g_in_helper_of_view(app):
    @app.before_request
    def load():
        values.user = session.get("user")

    def greet():
        return f"hi {values.user}"

    @app.get("/")
    def index():
        return greet()


@shows()
def reads_for_login(app):
    a_page(app)

    @app.before_request
    def check():
        if "user" not in session and request.path != "/":
            abort(401)


@shows()
def reads_for_post_only(app):
    a_page(app, methods=["GET", "POST"])

    @app.before_request
    def check():
        if request.method == "POST":
            session.get("csrf")


@shows()
def private_anyway(app):
    a_page(app)

    @app.before_request
    def load():
        session.get("a")

    @app.after_request
    def b(response):
        response.cache_control.private = True
        return response


@shows()
def view_reads_too(app):
    @app.before_request
    def load():
        session.get("a")

    @app.get("/")
    def index():
        return session.get("name", "-")


@shows("session-on-every-page log")
def after_reads(app):
    a_page(app)

    @app.after_request
    def log(response):
        app.logger.info(session.get("user"))
        return response


@shows()
def flash_in_template(app):
    @app.before_request
    def load():
        g.lang = session.get("lang", "en")

    @app.get("/")
    def index():
        return render_template_string(
            "{{ g.lang }}{% for m in get_flashed_messages() %}{{ m }}{% endfor %}"
        )


@shows("session-on-every-page keep")
def permanent_only(app):
    a_page(app)

    @app.before_request
    def keep():
        session.permanent = True


@shows()
def of_another_app_that_is_gone(app):
    a_page(app)

    def make():
        other = Flask("other")

        def on_start(sender, **k):
            pass

        other.on_start = on_start
        request_started.connect(on_start, other)

    make()
    gc.collect()


@shows()
def with_block(app):
    def seen(s, **k):
        pass

    with template_rendered.connected_to(seen, app):
        pass
    a_page(app)


@shows()
def kept_on_app(app):
    a_page(app)

    class L:
        def on(self, s, **k):
            pass

    app.extensions["listener"] = listener = L()
    request_started.connect(listener.on, app)


@shows("receiver-collected on")
def bound_lost(app):
    a_page(app)

    class L:
        def on(self, s, **k):
            pass

    request_started.connect(L().on, app)


@shows("registered-twice look")
def parent_and_child(app):
    a = Blueprint("a", "a")
    b = Blueprint("b", "b")

    def look():
        pass

    a.before_request(look)
    b.before_request(look)
    b.add_url_rule("/", "i", lambda: "x")
    a.register_blueprint(b)
    app.register_blueprint(a)


@shows()
def siblings(app):
    a = Blueprint("a", "a")
    b = Blueprint("b", "b")

    def look():
        pass

    a.before_request(look)
    b.before_request(look)
    b.add_url_rule("/", "i", lambda: "x")
    app.register_blueprint(b)
    app.register_blueprint(a)


@shows()
def one_blueprint_two_names(app):
    b = Blueprint("b", "b")

    @b.before_request
    def look():
        pass

    b.add_url_rule("/", "i", lambda: "x")
    app.register_blueprint(b)
    app.register_blueprint(b, name="c", url_prefix="/c")


@shows()
def before_app_of_blueprint_twice(app):
    b = Blueprint("b", "b")

    @b.before_app_request
    def look():
        pass

    b.add_url_rule("/", "i", lambda: "x")
    app.register_blueprint(b)
    app.register_blueprint(b, name="c", url_prefix="/c")


@shows()
def partials(app):
    a_page(app)

    def look(n):
        pass

    app.before_request(functools.partial(look, 1))
    app.before_request(functools.partial(look, 2))


@shows()
def made_by_factory(app):
    a_page(app)

    def make(n):
        def look():
            g.setdefault("n", []).append(n)

        return look

    app.before_request(make(1))
    app.before_request(make(2))


@shows()
def two_instances(app):
    a_page(app)

    class A:
        def look(self):
            pass

    app.a, app.b = A(), A()
    app.before_request(app.a.look)
    app.before_request(app.b.look)


@shows()
def second_not_reached(app):
    a_page(app)

    def look():
        return "early"

    app.before_request(look)
    app.before_request(look)
