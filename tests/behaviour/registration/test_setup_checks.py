"""What can no longer be registered, and the words that say so."""

import pytest
from flask import Blueprint

from tests.behaviour.versions import FLASK


def function(*arguments):
    """Take the place of any function that can be registered."""


CALLS = {
    "add_url_rule": ("/late", "late", function),
    "after_request": (function,),
    "before_request": (function,),
    "context_processor": (function,),
    "delete": ("/late",),
    "endpoint": ("late",),
    "errorhandler": (404,),
    "get": ("/late",),
    "patch": ("/late",),
    "post": ("/late",),
    "put": ("/late",),
    "register_error_handler": (404, function),
    "route": ("/late",),
    "teardown_request": (function,),
    "url_defaults": (function,),
    "url_value_preprocessor": (function,),
}
ON_APPS = {
    **CALLS,
    "register_blueprint": (Blueprint("late", __name__),),
    "teardown_appcontext": (function,),
}
ON_BLUEPRINTS = {
    **CALLS,
    "after_app_request": (function,),
    "app_context_processor": (function,),
    "app_errorhandler": (404,),
    "app_url_defaults": (function,),
    "app_url_value_preprocessor": (function,),
    "before_app_request": (function,),
    "record": (function,),
    "record_once": (function,),
    "register_blueprint": (Blueprint("late", __name__),),
    "teardown_app_request": (function,),
}


@pytest.mark.parametrize("method", ON_APPS)
def test_setup_method_of_the_app_is_refused_after_the_first_request(app, method):
    """The message names the method, and says what to do."""
    app.test_client().get("/")
    with pytest.raises(AssertionError) as caught:
        getattr(app, method)(*ON_APPS[method])
    assert str(caught.value) == (
        f"The setup method '{method}' can no longer be called on the application. It "
        "has already handled its first request, any changes will not be applied "
        "consistently.\nMake sure all imports, decorators, functions, etc. needed to "
        "set up the application are done before running it."
    )


@pytest.mark.parametrize("method", ON_BLUEPRINTS)
def test_setup_method_of_a_blueprint_is_refused_after_its_registration(app, method):
    """Since Flask 2.3; in 2.2 it was a warning."""
    shop = Blueprint("shop", __name__)
    app.register_blueprint(shop)
    if FLASK < (2, 3):
        # One method may use another, and each warns.
        with pytest.warns(UserWarning, match="can no longer be called on") as warned:
            getattr(shop, method)(*ON_BLUEPRINTS[method])
        assert f"'{method}' can no longer" in str(warned[0].message)
        return
    with pytest.raises(AssertionError) as caught:
        getattr(shop, method)(*ON_BLUEPRINTS[method])
    assert str(caught.value) == (
        f"The setup method '{method}' can no longer be called on the blueprint 'shop'. "
        "It has already been registered at least once, any changes will not be applied "
        "consistently.\nMake sure all imports, decorators, functions, etc. needed to "
        "set up the blueprint are done before registering it."
    )


def test_setup_methods_keep_their_names_and_docstrings(app):
    """The check does not hide what help() shows."""
    assert app.before_request.__name__ == "before_request"
    assert "before each request" in app.before_request.__doc__


def test_contexts_alone_do_not_end_the_setup(app):
    """Only a request that was handled does."""
    with app.test_request_context():
        pass
    app.before_request(function)
    assert app.before_request_funcs[None] == [function]
