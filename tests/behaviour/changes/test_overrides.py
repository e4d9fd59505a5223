"""Subclasses and tests that use Flask's own methods, which get the context in 3.2."""

import warnings
from contextlib import nullcontext
from functools import wraps
from inspect import signature

import pytest
from flask import Flask, g, request

from snippets.changes import (
    ignore_error,
    override_both_signatures,
    override_old_signature,
    steps_by_hand,
)
from tests.behaviour.changes.releases import since

METHODS = (
    "dispatch_request",
    "do_teardown_appcontext",
    "do_teardown_request",
    "finalize_request",
    "full_dispatch_request",
    "handle_exception",
    "handle_http_exception",
    "handle_user_exception",
    "log_exception",
    "make_default_options_response",
    "preprocess_request",
    "process_response",
)


def warns_since_3_2(text):
    """Expect a warning of Flask 3.2, and none of the versions before it."""
    if since(3, 2):
        return pytest.warns(DeprecationWarning, match=text)
    return nullcontext()


def test_methods_of_a_request_take_the_context_first_since_flask_3_2():
    """Up to 3.1 they find it themselves."""
    for name in METHODS:
        parameters = list(signature(getattr(Flask, name)).parameters)
        assert (parameters[1:2] == ["ctx"]) == since(3, 2)


def test_handle_user_exception_takes_the_error_behind_the_context_in_flask_3_2():
    """Before, the error was the first argument."""
    parameters = list(signature(Flask.handle_user_exception).parameters)
    assert parameters == (["self", "ctx", "e"] if since(3, 2) else ["self", "e"])


def test_preprocess_request_without_its_context_fails_since_flask_3_2():
    """It is a TypeError, as for every missing argument."""
    with steps_by_hand.app.test_request_context():
        if since(3, 2):
            with pytest.raises(TypeError, match=r"missing 1 required .*: 'ctx'"):
                steps_by_hand.app.preprocess_request()
        else:
            steps_by_hand.app.preprocess_request()
            assert g.user == "anna"


def test_entering_a_request_context_returns_what_the_methods_of_3_2_need():
    """The same test prepares g on every version."""
    with steps_by_hand.app.test_request_context() as context:
        steps_by_hand.preprocess(steps_by_hand.app, context)
        assert g.user == "anna"


def test_overriding_a_method_without_ctx_warns_since_flask_3_2():
    """The warning comes when the class is defined, not when the method is called."""
    with warns_since_3_2("The 'full_dispatch_request' method now takes 'ctx"):
        app = override_old_signature.create_app()
    assert app.full_dispatch_request.__func__ is not Flask.full_dispatch_request


def test_overriding_a_method_without_ctx_still_works(capsys):
    """Flask 3.2 wraps the method, so super() without the context also works."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        app = override_old_signature.create_app()
    assert app.test_client().get("/").text == "ok"
    assert capsys.readouterr().out == "dispatching\n"


def test_old_override_changes_the_method_of_flask_itself_in_flask_3_2():
    """With one old subclass, every app in the process goes through a wrapper."""
    before = Flask.full_dispatch_request
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        override_old_signature.create_app()
    assert (Flask.full_dispatch_request is before) == (not since(3, 2))


def test_overriding_a_method_that_takes_anything_warns_since_flask_3_2():
    """Only a first parameter called ctx, or annotated so, counts as new."""
    with warns_since_3_2("The 'dispatch_request' method now takes 'ctx"):

        class AnyFlask(Flask):
            def dispatch_request(self, *arguments):
                return super().dispatch_request(*arguments)

    app = AnyFlask(__name__)
    app.add_url_rule("/", "page", lambda: "ok")
    assert app.test_client().get("/").text == "ok"


def test_decorated_override_needs_its_name_since_flask_3_2():
    """Flask 3.2 looks for its own method by that name: use functools.wraps."""

    def counted(method):
        def inner(self, *ctx):
            return method(self, *ctx)

        return inner

    nameless = counted(Flask.dispatch_request)
    named = wraps(Flask.dispatch_request)(counted(Flask.dispatch_request))
    app = type("Shop", (Flask,), {"dispatch_request": named})(__name__)
    app.add_url_rule("/", "page", lambda: "ok")
    assert app.test_client().get("/").text == "ok"
    refused = pytest.raises(AttributeError, match="no attribute 'inner'")
    with refused if since(3, 2) else nullcontext():
        type("Shop", (Flask,), {"dispatch_request": nameless})


def test_override_with_a_parameter_called_ctx_fits_every_version(capsys):
    """There is no warning, and the methods get all that they need."""
    client = override_both_signatures.app.test_client()
    assert client.get("/").text == "ok"
    assert client.get("/missing").status_code == 404
    assert capsys.readouterr().out.splitlines() == [
        "dispatching /",
        "dispatching /missing",
        "handling NotFound",
    ]


def test_should_ignore_error_keeps_an_exception_from_teardown_functions(capsys):
    """It does so up to 3.1, and in 3.2 with a warning."""
    app = ignore_error.create_old_app()
    with warns_since_3_2("The 'should_ignore_error' method is deprecated"):
        app.test_client().get("/")
    assert capsys.readouterr().out == "teardown: None\n"


def test_overriding_should_ignore_error_warns_once_since_flask_3_2():
    """The first request warns, and only the first."""
    client = ignore_error.create_old_app().test_client()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        client.get("/")
        client.get("/")
    assert len(caught) == (1 if since(3, 2) else 0)


def test_should_ignore_error_cannot_be_called_since_flask_3_2(app):
    """There it's None, so that Flask knows whether a subclass overrides it."""
    if since(3, 2):
        assert app.should_ignore_error is None
    else:
        assert app.should_ignore_error(TimeoutError()) is False


def test_teardown_function_can_ignore_an_exception_itself(capsys):
    """A look at its type does what should_ignore_error did, on every version."""
    ignore_error.create_new_app().test_client().get("/")
    assert capsys.readouterr().out == "teardown: None\n"


def test_hooks_get_no_context_argument_on_any_version(app, steps):
    """The signatures of hooks did not change with those of Flask's methods."""
    app.before_request(lambda: steps.append(request.path))

    @app.after_request
    def note(response):
        steps.append(response.status_code)
        return response

    app.teardown_request(steps.append)
    app.test_client().get("/")
    assert steps == ["/", 404, None]
