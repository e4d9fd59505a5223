"""Why functions were not called whose lists, signals or errors are out of the way."""

from flask import request_started

from .running import a_shop, recorded, why


def test_a_muted_signal_says_so():
    def make(app):
        a_shop(app)

        def note(sender, **more):
            pass

        request_started.connect(note, app)
        app.wsgi_app = muting(app.wsgi_app)
        return note

    def muting(inner):
        def outer(*arguments):
            request_started.is_muted = True
            try:
                return inner(*arguments)
            finally:
                request_started.is_muted = False

        return outer

    (trace,) = recorded(make)
    reason = why(trace).get("note", "called")
    # The oldest blinker cannot be muted.
    can = hasattr(request_started, "muted")
    assert reason == ("the signal was muted when it was sent" if can else "called")


def test_a_list_that_is_changed_meanwhile():
    def make(app):
        a_shop(app)

        @app.before_request
        def look():
            app.before_request_funcs[None].remove(look)

        @app.before_request
        def second():
            pass

    (trace,) = recorded(make)
    assert why(trace) == {"second": "its list was changed while Flask called it"}


def test_a_body_that_raises_is_asked_about_nowhere():
    def make(app):
        @app.errorhandler(Exception)
        def sorry(error):
            return "sorry"

        @app.get("/")
        def page():
            def pieces():
                yield "a"
                raise ValueError("late")

            return pieces()

    (trace,) = recorded(make)
    said = "Flask asks no error handler about what a streamed body raises"
    assert why(trace) == {"sorry": said}


def test_an_error_handler_that_aborts():
    def make(app):
        @app.errorhandler(KeyError)
        def missing(error):
            raise IndexError

        @app.errorhandler(IndexError)
        def index_error(error):
            return "no"

        @app.get("/")
        def page():
            raise KeyError

    (trace,) = recorded(make)
    assert why(trace)["index_error"] == (
        "`missing` raised IndexError, and for what an error handler raises, Flask"
        " looks for a handler of 500 only"
    )
