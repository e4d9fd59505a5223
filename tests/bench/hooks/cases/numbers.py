"""How cost grows with the number of functions."""

from contextlib import contextmanager

from flask import Blueprint, Flask, after_this_request, request_finished

from tests.bench.hooks.cases.case import SMALL, add, app_with, case, plain_hook


@case("nothing: one view, no hooks")
def bare():
    return app_with()


@case("nothing, measured a second time")
def bare_again():
    return app_with()


for count in 1, 10, 100, 1000:

    @case(
        f"{count:,} empty after_request hook{'s' * (count > 1)}",
        f"hooks_{count}",
    )
    def hooks(count=count):
        app = app_with()
        add(app.after_request, count, plain_hook)
        return app


@case("100 empty before_request functions")
def before_100():
    app = app_with()
    add(app.before_request, 100, lambda: lambda: None)
    return app


@case("100 empty teardown_request functions")
def teardown_100():
    app = app_with()
    add(app.teardown_request, 100, lambda: lambda error: None)
    return app


@contextmanager
def receiving(app):
    """Connect receivers; at other times a signal would cost the other cases, too."""
    receivers = [lambda sender, response: None for _ in range(100)]
    for receiver in receivers:
        request_finished.connect(receiver, app)
    yield
    for receiver in receivers:
        request_finished.disconnect(receiver, app)


@case("100 empty receivers of request_finished", around=receiving)
def receivers_100():
    return app_with()


def app_with_blueprint(answering):
    app = app_with() if not answering else Flask(__name__)
    blueprint = Blueprint("shop", __name__)
    add(blueprint.after_request, 100, plain_hook)
    blueprint.add_url_rule("/" if answering else "/shop", "index", lambda: SMALL)
    app.register_blueprint(blueprint)
    return app


@case("100 empty hooks of the blueprint that answers")
def blueprint_100():
    return app_with_blueprint(answering=True)


@case("100 empty hooks of a blueprint that does not answer")
def other_blueprint_100():
    return app_with_blueprint(answering=False)


for count in 1, 10, 100:

    @case(
        f"{count} empty deferred callback{'s' * (count > 1)}",
        f"deferred_{count}",
    )
    def deferred(count=count):
        app = Flask(__name__)

        @app.get("/")
        def index():
            for _ in range(count):
                after_this_request(lambda response: response)
            return SMALL

        return app
