"""What the reference says of functions that build URLs, errors and templates."""

import pytest
from flask import Blueprint, url_for
from werkzeug.routing import BuildError


def _url(app):
    with app.test_request_context("/"):
        return url_for("unknown", number=7)


def test_url_build_error_handler_returns_the_url(app, steps):
    """It gets the error, the endpoint and the values, and its text is the URL."""

    def handle(error, endpoint, values):
        steps.append((type(error).__name__, endpoint, values["number"]))
        return "/elsewhere"

    app.url_build_error_handlers.append(handle)
    assert _url(app) == "/elsewhere"
    assert steps == [("BuildError", "unknown", 7)]


def test_url_build_error_handlers_are_asked_until_one_returns_a_url(app, steps):
    """In the order of the list; None asks the next one."""
    app.url_build_error_handlers.append(lambda *given: steps.append("first"))
    app.url_build_error_handlers.append(lambda *given: steps.append("second") or "/b")
    app.url_build_error_handlers.append(lambda *given: steps.append("third") or "/c")
    assert _url(app) == "/b"
    assert steps == ["first", "second"]


def test_build_error_is_raised_if_no_handler_returns_a_url(app):
    """As if there were no handler."""
    app.url_build_error_handlers.append(lambda *given: None)
    with pytest.raises(BuildError):
        _url(app)


def test_url_build_error_handler_may_raise_a_build_error_to_pass(app):
    """The next one is asked, and gets the new error."""

    def refuse(error, endpoint, values):
        raise BuildError(endpoint, values, "GET")

    app.url_build_error_handlers.append(refuse)
    app.url_build_error_handlers.append(lambda *given: "/b")
    assert _url(app) == "/b"


def test_other_exception_of_a_url_build_error_handler_leaves_url_for(app, steps):
    """A view would fail with it, and no further handler is asked."""

    def fail(error, endpoint, values):
        raise KeyError(endpoint)

    app.url_build_error_handlers.append(fail)
    app.url_build_error_handlers.append(lambda *given: steps.append("second"))
    with pytest.raises(KeyError):
        _url(app)
    assert steps == []


def test_url_build_error_handler_is_not_called_for_a_known_endpoint(app, steps):
    """The URL could be built."""
    app.url_build_error_handlers.append(lambda *given: steps.append("called"))
    app.add_url_rule("/known", "unknown", lambda: "")
    assert _url(app) == "/known?number=7"
    assert steps == []


def test_url_build_error_handlers_may_be_added_after_the_first_request(app):
    """The list is a plain list: no check refuses it."""
    app.test_client().get("/")
    app.url_build_error_handlers.append(lambda *given: "/late")
    assert _url(app) == "/late"


def test_async_url_build_error_handler_is_not_awaited(app):
    """Flask would use its coroutine as the URL."""

    async def find(error, endpoint, values):
        return "/elsewhere"

    app.url_build_error_handlers.append(find)
    found = _url(app)
    assert not isinstance(found, str)
    found.close()


def test_blueprint_has_no_url_build_error_handlers():
    """The list is the app's."""
    assert not hasattr(Blueprint("orders", __name__), "url_build_error_handlers")


def test_url_defaults_function_that_raises_fails_in_url_for(app):
    """The code that builds the URL gets the exception."""

    @app.url_defaults
    def fail(endpoint, values):
        raise KeyError(endpoint)

    app.add_url_rule("/", "index", lambda: "")
    with app.test_request_context("/"), pytest.raises(KeyError):
        url_for("index")


def test_url_defaults_function_runs_for_each_url_that_is_built(app, steps):
    """Without url_for it does not run."""
    app.url_defaults(lambda endpoint, values: steps.append(endpoint))
    app.add_url_rule("/", "index", lambda: "Shop")
    app.add_url_rule("/two", "two", lambda: url_for("index") + url_for("two"))
    client = app.test_client()
    client.get("/")
    assert steps == []
    client.get("/two")
    assert steps == ["index", "two"]


def test_return_value_of_a_url_function_is_ignored(app):
    """Of url_value_preprocessor and of url_defaults: both change their argument."""
    app.url_value_preprocessor(lambda endpoint, values: "ignored")
    app.url_defaults(lambda endpoint, values: {"number": 8})
    app.add_url_rule("/", "index", lambda: url_for("index"))
    assert app.test_client().get("/").text == "/"


def test_exception_of_a_url_value_preprocessor_meets_its_error_handler(app, steps):
    """The view is not called."""

    @app.url_value_preprocessor
    def refuse(endpoint, values):
        raise KeyError(endpoint)

    app.register_error_handler(KeyError, lambda error: ("refused", 400))
    app.add_url_rule("/", "index", lambda: steps.append("view") or "")
    assert app.test_client().get("/").status_code == 400
    assert steps == []


def test_async_url_functions_are_not_awaited(app):
    """Neither kind is awaited; async def doesn't work for them."""
    left = []

    async def note(endpoint, values):
        raise AssertionError("never run")

    def keep(endpoint, values):
        left.append(note(endpoint, values))
        return left[-1]

    app.url_value_preprocessor(keep)
    app.url_defaults(keep)
    app.add_url_rule("/", "index", lambda: url_for("index"))
    assert app.test_client().get("/").text == "/"
    assert len(left) == 2
    for coroutine in left:
        coroutine.close()


def test_exception_of_a_context_processor_is_one_of_the_view(app):
    """It's raised where the template is rendered, and goes to its handler."""
    from flask import render_template_string

    @app.context_processor
    def fail():
        raise KeyError("user")

    app.register_error_handler(KeyError, lambda error: ("no user", 400))
    app.add_url_rule("/", "index", lambda: render_template_string("Hello"))
    assert app.test_client().get("/").text == "no user"


def test_context_processor_that_returns_none_is_a_type_error(app):
    """Return a dict, even if it's empty."""
    from flask import render_template_string

    app.context_processor(lambda: None)
    with app.test_request_context("/"), pytest.raises(TypeError):
        render_template_string("Hello")


def test_register_error_handler_does_what_errorhandler_does(app):
    """It takes the handler as its second argument and returns nothing."""
    result = app.register_error_handler(404, lambda error: ("no page", 404))
    assert result is None
    assert app.test_client().get("/nowhere").text == "no page"


def test_register_error_handler_of_a_blueprint_is_for_its_views(app):
    """Like a blueprint's errorhandler."""
    blueprint = Blueprint("orders", __name__)
    blueprint.register_error_handler(KeyError, lambda error: ("missing", 400))
    blueprint.add_url_rule("/orders", "list", lambda: {}["order"])
    app.add_url_rule("/", "index", lambda: {}["order"])
    app.register_blueprint(blueprint)
    client = app.test_client()
    assert client.get("/orders").status_code == 400
    assert client.get("/").status_code == 500


def test_registering_method_may_be_called_with_a_function(app, steps):
    """Each decorator is a method that takes the function."""
    app.before_request(lambda: steps.append("before_request"))
    app.teardown_request(lambda error: steps.append("teardown_request"))
    app.teardown_appcontext(lambda error: steps.append("teardown_appcontext"))
    app.test_client().get("/")
    assert steps == ["before_request", "teardown_request", "teardown_appcontext"]


def test_blueprint_has_no_teardown_appcontext():
    """Register it on the app, or with record()."""
    blueprint = Blueprint("orders", __name__)
    for name in "teardown_appcontext", "teardown_app_appcontext":
        with pytest.raises(AttributeError) as raised:
            getattr(blueprint, name)
        assert str(raised.value) == f"'Blueprint' object has no attribute {name!r}"


def test_blueprint_registers_teardown_appcontext_with_record_once(app, steps):
    """It's called with the state, whose app is the one that registers it."""
    blueprint = Blueprint("orders", __name__)

    def close_database(error):
        steps.append("closed")

    blueprint.record_once(lambda state: state.app.teardown_appcontext(close_database))
    app.register_blueprint(blueprint)
    with app.app_context():
        assert steps == []
    assert steps == ["closed"]


def test_app_wide_function_of_a_blueprint_runs_after_earlier_ones_of_the_app(
    app, steps
):
    """It takes its place when the blueprint is registered."""
    blueprint = Blueprint("orders", __name__)
    blueprint.before_app_request(lambda: steps.append("blueprint"))
    app.before_request(lambda: steps.append("earlier"))
    app.register_blueprint(blueprint)
    app.before_request(lambda: steps.append("later"))
    app.test_client().get("/")
    assert steps == ["earlier", "blueprint", "later"]


def test_teardown_appcontext_functions_run_in_reverse_order(app, steps):
    """The function registered last runs first."""
    app.teardown_appcontext(lambda error: steps.append("first"))
    app.teardown_appcontext(lambda error: steps.append("second"))
    with app.app_context():
        pass
    assert steps == ["second", "first"]


def test_return_value_of_a_teardown_appcontext_function_is_ignored(app):
    """There is nothing left that it could change."""
    app.teardown_appcontext(lambda error: "ignored")
    app.add_url_rule("/", "index", lambda: "Shop")
    assert app.test_client().get("/").text == "Shop"


def test_exception_of_a_before_request_function_meets_its_error_handler(app, steps):
    """The view is not called."""

    @app.before_request
    def fail():
        raise KeyError("user")

    app.register_error_handler(KeyError, lambda error: ("refused", 403))
    app.add_url_rule("/", "index", lambda: steps.append("view") or "")
    assert app.test_client().get("/").status_code == 403
    assert steps == []


def test_app_wide_functions_of_a_blueprint_get_the_arguments_of_the_apps(app, steps):
    """As many as those that the app registers, with the same values."""
    blueprint = Blueprint("orders", __name__)

    def note(name):
        def function(*given):
            steps.append((name, [type(value).__name__ for value in given]))
            return given[0] if name == "after" else None

        return function

    blueprint.app_url_value_preprocessor(note("values"))
    blueprint.before_app_request(note("before"))
    blueprint.after_app_request(note("after"))
    blueprint.teardown_app_request(note("teardown"))
    app.register_blueprint(blueprint)
    app.add_url_rule("/", "index", lambda: "Shop")
    app.test_client().get("/")
    assert steps == [
        ("values", ["str", "dict"]),
        ("before", []),
        ("after", ["Response"]),
        ("teardown", ["NoneType"]),
    ]


def test_async_teardown_appcontext_function_is_awaited(app, steps):
    """As one of teardown_request."""

    @app.teardown_appcontext
    async def close_database(exception):
        steps.append(exception)

    app.add_url_rule("/", "index", lambda: "Shop")
    app.test_client().get("/")
    assert steps == [None]
