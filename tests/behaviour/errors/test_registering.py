"""What can be registered as an error handler."""

import pytest

from tests.behaviour.errors.handlers import answer


def test_errorhandler_gives_the_function_back(app):
    """The decorator only registers."""

    def handle(error):
        return "Sorry"

    assert app.errorhandler(404)(handle) is handle


def test_errorhandler_refuses_an_unknown_code(app):
    """The message says what to register instead."""
    with pytest.raises(ValueError, match="is not a recognized HTTP") as caught:
        app.errorhandler(999)(answer("unknown"))
    assert str(caught.value) == (
        "'999' is not a recognized HTTP error code. Use a subclass of HTTPException "
        "with that code instead."
    )
    assert caught.value.__suppress_context__


def test_errorhandler_refuses_an_instance(app):
    """abort() takes an exception, errorhandler its class."""
    with pytest.raises(TypeError) as caught:
        app.register_error_handler(KeyError("cup"), answer("key"))
    assert str(caught.value) == (
        "KeyError('cup') is an instance, not a class. Handlers can only be registered "
        "for Exception classes or HTTP error codes."
    )


@pytest.mark.parametrize("class_", [BaseException, KeyboardInterrupt, str])
def test_errorhandler_refuses_what_is_no_exception(app, class_):
    """Subclasses of Exception only: KeyboardInterrupt and SystemExit get through."""
    with pytest.raises(ValueError, match="is not a subclass") as caught:
        app.register_error_handler(class_, answer("any"))
    assert str(caught.value) == (
        f"'{class_.__name__}' is not a subclass of Exception. Handlers can only be "
        "registered for Exception classes or HTTP error codes."
    )
