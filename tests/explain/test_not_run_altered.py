"""Why functions were not called whose lists, signals or errors are out of the way."""

from flask import Blueprint, Flask, request, request_started
from werkzeug.exceptions import HTTPException

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
        " looks only for a handler for 500, HTTPException or Exception"
    )


def test_a_receiver_that_is_disconnected_meanwhile():
    def make(app):
        a_shop(app)

        # Which one is called first is for blinker to say.
        def one(sender, **more):
            request_started.disconnect(other)

        def other(sender, **more):
            request_started.disconnect(one)

        for receiver in one, other:
            request_started.connect(receiver)
            both.append(receiver)

    both = []
    (trace,) = recorded(make)
    for receiver in both:
        request_started.disconnect(receiver)
    ((name, reason),) = why(trace).items()
    assert name in {"one", "other"}
    assert reason == "receivers were connected or disconnected meanwhile"


def test_a_static_file_of_a_blueprint_was_served(tmp_path):
    (tmp_path / "note.txt").write_text("note")

    def make(app):
        a_shop(app)
        folder = {"static_folder": tmp_path, "static_url_path": "/static"}
        app.register_blueprint(Blueprint("blog", "blog", **folder), url_prefix="/blog")

    (trace,) = recorded(make, "/blog/static/note.txt")
    assert [step.exception for step in trace.steps if step.exception] == []
    assert why(trace) == {}


def test_error_handling_that_was_replaced_is_not_seen():
    def make(app):
        def handle(error, own=app.handle_user_exception):
            return "handled elsewhere", 500

        app.handle_user_exception = handle

        @app.errorhandler(ValueError)
        def sorry(error):
            return "sorry"

        @app.get("/")
        def page():
            raise ValueError

    (trace,) = recorded(make)
    (missing,) = trace.missing
    assert "its own handle_user_exception" in missing
    assert why(trace) == {"sorry": f"the trace is incomplete: {missing}"}


def test_options_by_a_dispatch_request_of_its_own_are_complete():
    class Shop(Flask):
        def dispatch_request(self, *context):
            if request.method == "OPTIONS":
                return self.make_default_options_response(*context)
            return self.view_functions[request.endpoint](**request.view_args)

    def make(app):
        app.__class__ = Shop
        a_shop(app)

    (trace,) = recorded(make, "OPTIONS /")
    assert trace.missing == []
    assert why(trace) == {"index": "Flask answers OPTIONS itself"}


def test_a_handler_of_http_errors_is_asked_about_a_500():
    def make(app):
        @app.errorhandler(HTTPException)
        def sorry(error):
            return "sorry"

        @app.get("/")
        def page():
            raise ValueError

    (trace,) = recorded(make, TESTING=True)
    assert why(trace) == {
        "sorry": "ValueError was raised again, as the app is in testing or debug mode"
    }
    (trace,) = recorded(make)
    assert why(trace) == {}
