"""Mistakes in the line that registers a hook, and what becomes of them."""

import pytest
from flask import Blueprint, after_this_request, request


@pytest.mark.parametrize("owner", ["app", "blueprint"])
def test_hook_that_is_called_where_it_is_registered_registers_none(app, steps, owner):
    """It runs once, at the start; each request then fails, as None can't be called."""
    app.testing = True
    shop = Blueprint("shop", __name__)
    (app if owner == "app" else shop).before_request(steps.append("called"))
    shop.add_url_rule("/", "index", lambda: "Tea")
    app.register_blueprint(shop)
    assert steps == ["called"]
    for _ in range(2):
        with pytest.raises(TypeError, match="'NoneType' object is not callable"):
            app.test_client().get("/")
    assert steps == ["called"]


def test_hook_that_is_called_where_it_is_registered_has_no_request(app):
    """The call runs at import, and request needs a request."""
    with pytest.raises(RuntimeError, match="Working outside of request context"):
        app.before_request(print(request.path))


def test_decorator_of_a_hook_that_forgets_its_wrapper_registers_none(app):
    """Below before_request, its result is what is registered."""
    app.testing = True

    def logged(function):
        def wrapper():
            return function()

    @app.before_request
    @logged
    def load_user():
        pass

    with pytest.raises(TypeError, match="'NoneType' object is not callable"):
        app.test_client().get("/")


@pytest.mark.parametrize("name", ["before_request", "after_request"])
def test_decorator_of_a_hook_takes_no_path_and_no_options(app, name):
    """Neither a path nor methods, endpoints or an order."""
    for owner in app, Blueprint("shop", __name__):
        register = getattr(owner, name)
        with pytest.raises(TypeError, match="'str' object is not callable"):

            @register("/admin")
            def check_path():
                pass

        for option in "methods", "only", "order", "priority":
            with pytest.raises(TypeError, match="unexpected keyword argument"):
                register(**{option: ["POST"]})


def test_errorhandler_and_route_without_their_argument_register_nothing(app):
    """And nothing complains: they take the function for their argument."""

    @app.errorhandler
    def not_found(error):
        return "mine", 404

    @app.route
    def index():
        return "Tea"

    client = app.test_client()
    assert "mine" not in client.get("/nowhere").text
    assert client.get("/").status_code == client.get("/index").status_code == 404


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([[404, 500]], "issubclass.. arg 1 must be a class"),
        ([404, 500], "takes 2 positional arguments but 3 were given"),
    ],
)
def test_errorhandler_takes_one_error(app, arguments, message):
    """Neither a list nor several."""
    for owner in app, Blueprint("shop", __name__):
        with pytest.raises(TypeError, match=message):
            owner.errorhandler(*arguments)(lambda error: "Sorry")


def test_after_this_request_with_empty_parentheses_is_a_500(app):
    """It's called in the request, so the app starts without an error."""

    @app.get("/")
    def index():
        @after_this_request()
        def add_header(response):
            return response

        return "Tea"

    assert app.test_client().get("/").status_code == 500
    app.testing = True
    with pytest.raises(TypeError, match=r"missing 1 required .* argument: 'f'"):
        app.test_client().get("/")


def test_hook_given_to_register_blueprint_never_runs(app):
    """Flask takes options that it doesn't know, and ignores them."""
    admin = Blueprint("admin", __name__)
    admin.add_url_rule("/", "index", lambda: "secret")
    app.register_blueprint(admin, before_request=lambda: ("Log in", 401))
    assert app.test_client().get("/").text == "secret"


@pytest.mark.parametrize("before_first", [True, False])
def test_before_and_after_request_may_be_registered_in_either_order(
    app, steps, before_first
):
    """Each kind has a list of its own."""

    def note(response):
        steps.append("after")
        return response

    if not before_first:
        app.after_request(note)
    app.before_request(lambda: steps.append("before"))
    if before_first:
        app.after_request(note)
    app.add_url_rule("/", "index", lambda: steps.append("view") or "Tea")
    app.test_client().get("/")
    assert steps == ["before", "view", "after"]
