"""What a before_request function decides, and what still runs."""

import flask
import pytest
from flask import Blueprint, abort, g, request

from snippets.after_request.early_return import app as shop_app
from tests.behaviour.versions import FLASK


def test_hook_runs_when_before_request_answers():
    """Hooks run on what a before_request function returned."""
    response = shop_app.test_client().get("/checkout")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "3600"


def test_view_is_skipped_when_before_request_answers():
    """What a before_request function returns replaces the view's value."""
    response = shop_app.test_client().get("/checkout")
    assert response.text == "We are counting our stock."


def test_before_request_can_answer_a_url_without_a_route():
    """Flask raises the 404 only after the before_request functions have run."""
    assert shop_app.test_client().get("/nowhere").status_code == 503


def test_later_before_request_functions_are_skipped_after_an_answer(app, steps):
    """The first function that returns something is the last one that Flask calls."""
    shop = Blueprint("shop", __name__)
    shop.before_request(lambda: steps.append("blueprint"))
    shop.add_url_rule("/", view_func=lambda: "Open", endpoint="door")
    app.register_blueprint(shop)
    app.before_request(lambda: steps.append("first"))
    app.before_request(lambda: "Closed")
    app.before_request(lambda: steps.append("third"))
    assert app.test_client().get("/").text == "Closed"
    assert steps == ["first"]


def test_hooks_of_the_blueprint_run_although_its_view_was_skipped(app, steps):
    """The URL was matched before: its blueprint's after_request hooks run.

    Question: A before_request function returns a response in place of the view. Why
    do the hooks of the view's blueprint run?
    """
    shop = Blueprint("shop", __name__)
    shop.after_request(lambda response: steps.append("blueprint") or response)
    shop.add_url_rule("/", view_func=lambda: "Open", endpoint="door")
    app.register_blueprint(shop)
    app.before_request(lambda: "Closed")
    app.test_client().get("/")
    assert steps == ["blueprint"]


def test_empty_string_from_before_request_is_an_answer_too(app):
    """Only None lets the request continue: an empty string is an empty page."""
    app.before_request(lambda: "")
    app.add_url_rule("/", view_func=lambda: "Open", endpoint="door")
    response = app.test_client().get("/")
    assert (response.status_code, response.text) == (200, "")


@pytest.mark.parametrize("value", [False, True, 0, 404, ()])
def test_before_request_function_that_returns_false_or_a_number_is_an_error(app, value):
    """It isn't None, so Flask takes it as the response: a TypeError."""
    app.testing = True
    app.before_request(lambda: value)
    app.add_url_rule("/", view_func=lambda: "Open", endpoint="door")
    with pytest.raises(TypeError, match="did not return a valid response"):
        app.test_client().get("/")


def test_abort_in_before_request_reaches_hooks_as_a_response(app, steps):
    """abort() there skips the view; the hooks receive the error's response."""
    app.before_request(lambda: abort(401))
    app.after_request(lambda response: steps.append(response.status_code) or response)
    assert app.test_client().get("/").status_code == 401
    assert steps == [401]


def test_before_request_runs_for_every_request_not_only_the_first(app, steps):
    """Renaming before_first_request to before_request runs the code each time."""
    app.before_request(lambda: steps.append(request.path))
    client = app.test_client()
    client.get("/one")
    client.get("/two")
    assert steps == ["/one", "/two"]


def test_before_first_request_was_removed_in_flask_2_3(app):
    """Flask 2.2 still has it, deprecated; no version has the hooks said to follow."""
    assert hasattr(app, "before_first_request") == (FLASK < (2, 3))
    assert not hasattr(app, "before_configure")
    assert not hasattr(app, "lifecycle")


def test_before_request_runs_for_static_files_and_unknown_urls(app, steps, tmp_path):
    """One page load can mean several requests: each style sheet, each icon."""
    (tmp_path / "site.css").write_text("body { margin: 0 }")
    app.static_folder = str(tmp_path)
    app.before_request(lambda: steps.append(request.path))
    app.add_url_rule("/", view_func=lambda: "Home", endpoint="home")
    client = app.test_client()
    for path in "/", "/static/site.css", "/favicon.ico":
        client.get(path).close()
    assert steps == ["/", "/static/site.css", "/favicon.ico"]


def test_before_request_sees_the_name_of_the_view_not_its_path(app, steps):
    """request.endpoint is compared with names: a path such as /admin never equals."""
    app.before_request(lambda: steps.append(request.endpoint in {"/admin"}))
    app.before_request(lambda: steps.append(request.endpoint))
    app.add_url_rule("/admin", view_func=lambda: "Desk", endpoint="admin")
    app.test_client().get("/admin")
    assert steps == [False, "admin"]


def test_before_request_can_change_the_arguments_of_the_view(app):
    """request.view_args is the dictionary that the view is called with."""

    @app.before_request
    def use_upper_case():
        request.view_args["code"] = request.view_args["code"].upper()

    app.add_url_rule("/seat/<code>", view_func=lambda code: code, endpoint="seat")
    assert app.test_client().get("/seat/a7").text == "A7"


def test_before_request_runs_before_the_decorators_of_a_view(app, steps):
    """A decorator belongs to the view: before_request functions come first."""

    def require_login(view):
        def checked():
            steps.append("decorator")
            return view()

        return checked

    app.before_request(lambda: steps.append("before_request"))
    app.add_url_rule("/", view_func=require_login(lambda: "Desk"), endpoint="desk")
    app.test_client().get("/")
    assert steps == ["before_request", "decorator"]


def test_headers_added_by_view_and_hook_are_sent_twice(app):
    """If before_request responds to a preflight, each CORS header is added again."""
    name = "Access-Control-Allow-Origin"
    app.before_request(lambda: ("", 204, {name: "*"}))
    app.after_request(lambda response: response.headers.add(name, "*") or response)
    response = app.test_client().options("/")
    assert response.headers.getlist(name) == ["*", "*"]


def test_flask_has_no_response_to_import():
    """Flask has proxies for the request and the session, but not for the response."""
    assert not hasattr(flask, "response")


def test_view_is_called_again_when_before_request_returns_none(monkeypatch):
    """If before_request functions return None, the view makes the response."""
    monkeypatch.setitem(shop_app.config, "STOCKTAKING", False)
    response = shop_app.test_client().get("/checkout")
    assert (response.status_code, response.text) == (200, "Thank you for your order.")
    assert "Retry-After" not in response.headers


def test_before_request_of_a_blueprint_runs_for_its_own_views_only(app, steps):
    """It doesn't run for other views or for unknown URLs below its prefix."""
    shop = Blueprint("shop", __name__, url_prefix="/shop")
    shop.before_request(lambda: steps.append("shop"))
    shop.add_url_rule("/", view_func=lambda: "Open", endpoint="door")
    app.add_url_rule("/", view_func=lambda: "Home", endpoint="home")
    app.register_blueprint(shop)
    client = app.test_client()
    seen = {}
    for path in "/", "/shop/", "/shop/nowhere":
        client.get(path)
        seen[path] = steps[:]
        steps.clear()
    assert seen == {"/": [], "/shop/": ["shop"], "/shop/nowhere": []}


@pytest.mark.parametrize("early", [True, False])
def test_after_request_function_knows_an_early_return_by_a_mark_only(app, steps, early):
    """The endpoint is the view's in either case; a mark on g tells them apart."""

    @app.before_request
    def close():
        if early:
            g.returned_early = True
            return "Closed", 503
        return None

    @app.after_request
    def note(response):
        steps.append((request.endpoint, request.view_args, "returned_early" in g))
        return response

    app.add_url_rule("/orders/<int:number>", "show", lambda number: "Tea")
    app.test_client().get("/orders/7")
    assert steps == [("show", {"number": 7}, early)]
