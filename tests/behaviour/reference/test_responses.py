"""What the reference says of responses, streams, views, middleware and overrides."""

import pytest
from flask import (
    Flask,
    flash,
    g,
    get_flashed_messages,
    has_request_context,
    make_response,
    session,
    stream_template_string,
)
from flask.views import MethodView, View


def test_call_on_close_functions_run_in_order_of_registration(app, steps):
    """When the response is closed, not before."""

    @app.get("/")
    def index():
        response = make_response("Shop")
        response.call_on_close(lambda: steps.append("first"))
        response.call_on_close(lambda: steps.append("second"))
        return response

    response = app.test_client().get("/", buffered=False)
    assert steps == []
    response.close()
    assert steps == ["first", "second"]


def test_call_on_close_gives_the_function_back():
    """So it can be a decorator."""
    response = Flask(__name__).response_class()

    def note():
        pass

    assert response.call_on_close(note) is note


def test_call_on_close_function_that_raises_skips_the_next(app, steps):
    """The exception reaches the server, which called close()."""

    def fail():
        raise KeyError("closing")

    @app.get("/")
    def index():
        response = make_response("Shop")
        response.call_on_close(fail)
        response.call_on_close(lambda: steps.append("second"))
        return response

    response = app.test_client().get("/", buffered=False)
    with pytest.raises(KeyError):
        response.close()
    assert steps == []


def test_call_on_close_functions_run_after_the_teardown_functions(app, steps):
    """Teardown functions run before the server has the body."""
    app.teardown_request(lambda error: steps.append("teardown"))

    @app.get("/")
    def index():
        response = make_response("Shop")
        response.call_on_close(lambda: steps.append("close"))
        return response

    app.test_client().get("/").close()
    assert steps == ["teardown", "close"]


def test_stream_template_keeps_the_request_while_it_streams(app):
    """It needs no stream_with_context of its own."""

    @app.get("/")
    def index():
        # The objects themselves would be there without a context, too.
        text = "{{ request.args.status }} {{ g.user }} {{ here() }}"
        return stream_template_string(text, here=has_request_context)

    @app.before_request
    def load_user():
        g.user = "anna"

    assert app.test_client().get("/?status=paid").text == "paid anna True"


def test_stream_template_in_an_app_context_alone_streams_too(app):
    """Without a request it is a plain iterator of text."""
    with app.app_context():
        pieces = stream_template_string(
            "Hello {{ name }}, {{ here() }}", name="Anna", here=has_request_context
        )
        assert "".join(pieces) == "Hello Anna, False"


def test_flash_has_the_category_message_unless_told(app):
    """The messages come with their categories if you ask for them."""
    app.secret_key = "secret"
    with app.test_request_context("/"):
        flash("Saved")
        flash("Failed", "error")
        assert get_flashed_messages(with_categories=True) == [
            ("message", "Saved"),
            ("error", "Failed"),
        ]


def test_flashed_messages_can_be_filtered_by_category(app):
    """The filter names the categories."""
    app.secret_key = "secret"
    with app.test_request_context("/"):
        flash("Saved")
        flash("Failed", "error")
        assert get_flashed_messages(category_filter=["error"]) == ["Failed"]


def test_filtered_flashed_messages_are_gone_in_the_next_request(app):
    """The first call in a request takes all of them out of the session."""
    app.secret_key = "secret"
    app.add_url_rule("/flash", "flash", lambda: flash("Saved") or "")
    app.add_url_rule(
        "/errors",
        "errors",
        lambda: {"shown": get_flashed_messages(category_filter=["error"])},
    )
    app.add_url_rule("/all", "all", lambda: {"shown": get_flashed_messages()})
    client = app.test_client()
    client.get("/flash")
    assert client.get("/errors").json == {"shown": []}
    assert client.get("/all").json == {"shown": []}


def test_flash_without_a_secret_key_is_a_runtime_error(app):
    """Messages are kept in the session."""
    with app.test_request_context("/"), pytest.raises(RuntimeError):
        flash("Saved")


def test_permanent_lifetime_is_31_days_unless_told(app):
    """It's the PERMANENT_SESSION_LIFETIME of a new app."""
    assert app.permanent_session_lifetime.days == 31
    assert app.config["SESSION_REFRESH_EACH_REQUEST"] is True


def test_session_change_inside_a_value_is_saved_when_marked_as_modified(app):
    """The session can't detect it by itself."""
    app.secret_key = "secret"

    @app.get("/new")
    def new():
        session["cart"] = []
        return ""

    @app.get("/add")
    def add():
        session["cart"].append("tea")
        session.modified = True
        return ""

    @app.get("/cart")
    def cart():
        return {"cart": session["cart"]}

    client = app.test_client()
    client.get("/new")
    client.get("/add")
    assert client.get("/cart").json == {"cart": ["tea"]}


def test_view_class_is_made_for_each_request_unless_told(app, steps):
    """init_every_request = False makes one instance for all."""

    class Fresh(View):
        def dispatch_request(self):
            steps.append(self)
            return ""

    class Shared(Fresh):
        init_every_request = False

    app.add_url_rule("/fresh", view_func=Fresh.as_view("fresh"))
    app.add_url_rule("/shared", view_func=Shared.as_view("shared"))
    client = app.test_client()
    for path in ("/fresh", "/fresh", "/shared", "/shared"):
        client.get(path)
    assert steps[0] is not steps[1]
    assert steps[2] is steps[3]


def test_as_view_passes_its_arguments_to_the_class(app):
    """One class can serve several endpoints."""

    class Page(View):
        def __init__(self, text):
            self.text = text

        def dispatch_request(self):
            return self.text

    app.add_url_rule("/a", view_func=Page.as_view("a", "first"))
    app.add_url_rule("/b", view_func=Page.as_view("b", text="second"))
    client = app.test_client()
    assert client.get("/a").text + client.get("/b").text == "firstsecond"


def test_decorators_of_a_view_class_are_applied_from_the_first_to_the_last(app):
    """So the last one in the list is the outermost."""

    def named(name):
        return lambda view: lambda: f"{name} {view()}"

    class Page(View):
        decorators = (named("inner"), named("outer"))

        def dispatch_request(self):
            return "view"

    app.add_url_rule("/", "page", Page.as_view("page"))
    assert app.test_client().get("/").text == "outer inner view"


def test_method_view_allows_the_methods_that_it_defines(app):
    """get responds to HEAD, and others are a 405."""

    class Order(MethodView):
        def get(self):
            return "order"

        def delete(self):
            return "", 204

    app.add_url_rule("/", view_func=Order.as_view("order"))
    client = app.test_client()
    assert client.delete("/").status_code == 204
    assert client.head("/").status_code == 200
    assert client.post("/").status_code == 405
    assert set(client.options("/").allow) == {"DELETE", "GET", "HEAD", "OPTIONS"}
