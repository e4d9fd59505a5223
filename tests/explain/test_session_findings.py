"""What a session costs every page, and cookies in shared caches."""

import flask
import pytest
from flask import (
    Blueprint,
    abort,
    after_this_request,
    flash,
    g,
    redirect,
    render_template_string,
    request,
    session,
)

from hookbook.explain.findings import findings

from .running import a_shop, found, index, recorded

# The session in a hook


def permanent(app):
    a_shop(app)

    @app.before_request
    def touch():
        session.permanent = True


def counted(app):
    a_shop(app)

    @app.after_request
    def touch(response):
        session["visits"] = session.get("visits", 0) + 1
        return response


def read_for_nobody(app):
    a_shop(app)

    @app.before_request
    def touch():
        g.user = session.get("user")


def read_by_a_preprocessor(app):
    a_shop(app)

    @app.url_value_preprocessor
    def touch(endpoint, values):
        g.language = session.get("language", "en")


def read_by_a_receiver(app):
    a_shop(app)

    def touch(sender, **more):
        g.user = session.get("user")

    flask.request_started.connect(touch, app)
    return touch


def read_by_a_function_of_the_hook(app):
    a_shop(app)

    def current_user():
        return session.get("user")

    @app.before_request
    def touch():
        current_user()


def marked(app):
    a_shop(app)

    @app.before_request
    def touch():
        session.modified = True


@pytest.mark.parametrize(
    "make",
    [
        permanent,
        counted,
        read_for_nobody,
        read_by_a_preprocessor,
        read_by_a_receiver,
        read_by_a_function_of_the_hook,
        marked,
    ],
)
def test_a_hook_that_touches_the_session(make):
    assert found(make) == [("session-on-every-page", "touch")]


def test_what_it_costs():
    (one,) = findings(recorded(read_for_nobody))
    assert one.sentence == (
        "The before_request function `touch` reads the session in every request, so"
        " every response has `Vary: Cookie`."
    )
    (one,) = findings(recorded(permanent))
    assert one.sentence.endswith(
        "so every response has `Vary: Cookie` and sets the session's cookie."
    )


def test_static_files_vary_too():
    def make(app):
        app.static_folder = flask.__path__[0]
        read_for_nobody(app)

    assert found(make, "/static/app.py") == [("session-on-every-page", "touch")]


def used_by_the_view(app):
    @app.before_request
    def load_user():
        g.user = session.get("user")

    @app.get("/")
    def page():
        return f"hello {g.user}"


def used_by_a_helper_of_the_view(app):
    @app.before_request
    def load_user():
        g.user = session.get("user")

    @app.get("/")
    def page():
        return greeting()


def greeting():
    return f"hello {g.get('user')}"


def used_by_a_template(app):
    @app.before_request
    def load_user():
        g.user = session.get("user")

    @app.get("/")
    def page():
        return render_template_string("hello {{ g.user }}")


def used_by_a_template_alone(app):
    @app.get("/")
    def page():
        return render_template_string("hello {{ session.user }}")


def used_by_another_hook(app):
    a_shop(app)

    @app.before_request
    def load_user():
        g.user = session.get("user")

    @app.after_request
    def name_user(response):
        response.headers["X-User"] = str(g.user)
        return response


def used_by_both(app):
    @app.before_request
    def load_user():
        g.user = session.get("user")

    @app.get("/")
    def page():
        session["seen"] = True
        return "page"


def guarded(app):
    a_shop(app)

    @app.before_request
    def require_login():
        if "user" not in session and request.path != "/":
            return redirect("/login")
        if session.get("banned"):
            abort(403)


def guarded_by_a_helper(app):
    a_shop(app)

    @app.before_request
    def require_login():
        check_user()


def check_user():
    if session.get("banned"):
        abort(403)


def of_a_blueprint(app):
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", view_func=index)

    @shop.before_request
    def load_cart():
        g.cart = session.get("cart")

    app.register_blueprint(shop)


def private(app):
    read_for_nobody(app)

    @app.after_request
    def forbid_caching(response):
        response.cache_control.no_store = True
        return response


def by_the_view_alone(app):
    @app.get("/")
    def page():
        session["seen"] = True
        flash("hello")
        return "page"


def by_a_callback(app):
    @app.get("/")
    def page():
        @after_this_request
        def remember(response):
            session["seen"] = True
            return response

        return "page"


def only_for_some(app):
    a_shop(app)
    app.add_url_rule("/other", view_func=index)

    @app.before_request
    def count_visits():
        if request.path == "/other":
            session["visits"] = 1


def not_at_all(app):
    a_shop(app)

    @app.before_request
    def look():
        g.start = 1


@pytest.mark.parametrize(
    "make",
    [
        used_by_the_view,
        used_by_a_helper_of_the_view,
        used_by_a_template,
        used_by_a_template_alone,
        used_by_another_hook,
        used_by_both,
        guarded,
        guarded_by_a_helper,
        of_a_blueprint,
        private,
        by_the_view_alone,
        by_a_callback,
        only_for_some,
        not_at_all,
    ],
)
def test_the_session_where_it_belongs(make):
    assert found(make, "/", "/other", "POST /") == []
