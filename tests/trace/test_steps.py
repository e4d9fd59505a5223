"""What a step is, in applications of any kind."""

import functools
from unittest.mock import MagicMock

import flask
import pytest
from flask import Flask
from flask.views import MethodView, View

from hookbook.trace import callables

from .apps import an_app, plain, recorded, step_of_kind
from .programs import called


def test_a_function_that_another_calls_is_no_step():
    app = an_app()

    @app.before_request
    def look():
        page()

    def page():
        return look_again()

    @app.before_request
    def look_again():
        return None

    app.view_functions["page"] = lambda: str(look())
    (trace,), _ = recorded(app)
    assert called(trace) == [
        "before_request look", "before_request look_again", "view <lambda>",
    ]  # fmt: skip


def test_every_registry_is_seen():
    app = an_app()
    part = flask.Blueprint("part", __name__)
    order = []

    def note(name, value=None):
        def function(*args, **kwargs):
            order.append(name)
            return value

        function.__name__ = name
        return function

    part.url_value_preprocessor(note("pull"))
    part.before_request(note("look"))
    part.context_processor(note("values", {}))
    app.url_defaults(note("defaults"))
    app.url_build_error_handlers.append(note("no_url", "/built"))
    part.teardown_request(note("down"))
    app.teardown_appcontext(note("down_app"))
    part.register_error_handler(KeyError, note("sorry", "sorry"))

    @part.get("/part")
    def show():
        flask.render_template_string("x")
        flask.url_for("nowhere")
        raise KeyError

    app.register_blueprint(part)
    (trace,), texts = recorded(app, "/part")
    assert texts == ["sorry"]
    assert called(trace) == [
        "url_value_preprocessor pull",
        "before_request look",
        "view show",
        "context_processor values",
        "url_defaults defaults",
        "url_build_error no_url",
        "errorhandler sorry",
        "teardown_request down",
        "teardown_appcontext down_app",
    ]
    names = [line.split()[1] for line in called(trace)]
    assert [name for name in names if name != "show"] == order
    owners = {step.name: step.owner for step in trace.steps}
    assert owners["no_url"] == owners["down_app"] == "app"
    assert owners["pull"] == owners["values"] == owners["sorry"] == "blueprint part"


class Base:
    def __call__(self):
        """Do nothing."""


class Inherits(Base):
    pass


class Named:
    def bound(self):
        """Do nothing."""

    @classmethod
    def of_class(cls):
        """Do nothing."""

    @staticmethod
    def static():
        """Do nothing."""


def generates():
    yield "never asked for"


async def waits():
    """Do nothing."""


def wrapped(function):
    @functools.wraps(function)
    def inner(*args):
        return function(*args)

    return inner


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (functools.partial(plain, 1), "plain"),
        (functools.partial(functools.partial(plain, 1)), "plain"),
        (Named().bound, "bound"),
        (Named.of_class, "of_class"),
        (Named.static, "static"),
        (vars(Named)["static"], "static"),
        (lambda: None, "<lambda>"),
        (Inherits(), "Inherits"),
        (wrapped(plain), "plain"),
        (functools.cache(plain), "plain"),
        (MagicMock(return_value=None), "MagicMock"),
        (waits, "waits"),
        (print, "print"),
    ],
)
def test_whatever_can_be_called_is_named(function, name, capsys):
    app = an_app()
    app.before_request(function)
    (trace,), _ = recorded(app)
    hook = next(step for step in trace.steps if step.kind == "hook")
    assert (hook.name, hook.owner, hook.outcome) == (name, "app", "returned None")
    assert hook.is_async == (function is waits)
    capsys.readouterr()


def test_a_generator_function_as_a_hook_answers():
    app = an_app()
    app.before_request(generates)
    (trace,), texts = recorded(app)
    assert texts == ["never asked for"]
    assert step_of_kind(trace, "hook").outcome == "returned a generator"


@pytest.mark.parametrize("base", [View, MethodView])
def test_a_view_class_is_one_view(base):
    class Show(base):
        decorators = (wrapped_view,)

        def get(self):
            return "shown"

    if base is View:
        Show.dispatch_request = Show.get
    app = Flask(__name__)
    app.add_url_rule("/", view_func=Show.as_view("show"))
    (trace,), texts = recorded(app)
    assert (called(trace), texts) == (["view get"], ["shown"])


def test_a_view_class_without_the_method_is_named_as_its_view():
    class Show(MethodView):
        methods = ("PUT",)

    app = Flask(__name__)
    app.add_url_rule("/", view_func=Show.as_view("show"))
    assert callables.describe(app.view_functions["show"], "PUT").name == "show"


def test_a_view_class_is_looked_through_where_flask_has_no_source(monkeypatch):
    class Show(MethodView):
        def get(self):
            return "shown"

    # As it is for a module that is imported from its .pyc.
    monkeypatch.setattr(flask.views, "__file__", f"{flask.views.__file__}c")
    assert callables.describe(Show.as_view("show")).name == "get"


def test_the_file_of_an_installed_package_is_named_from_its_package_on():
    app = an_app()
    app.view_functions["page"] = lambda: ""
    app.before_request(flask.has_request_context)
    (trace,), _ = recorded(app)
    (step,) = [one for one in trace.steps if one.name == "has_request_context"]
    assert step.file == "flask/ctx.py"


def wrapped_view(view):
    @functools.wraps(view)
    def inner(**values):
        return view(**values)

    return inner
