"""Functions behind decorators, in classes, in caches."""

import abc
import functools

from flask import Flask, jsonify
from flask.views import MethodView
from werkzeug.routing import Rule

from . import ask, program


@program
def decorators_as_classes(called, seen):
    """Class-based decorators with and without update_wrapper."""
    app = Flask("shop")

    class timed:
        def __init__(self, function):
            functools.update_wrapper(self, function)
            self.function = function

        def __call__(self, *a, **k):
            return self.function(*a, **k)

    class bare:
        def __init__(self, function):
            self.function = function

        def __call__(self, *a, **k):
            called("before_request bare")
            return self.function(*a, **k)

    @app.before_request
    @timed
    def load():
        called("before_request load")

    @app.before_request
    @bare
    def other():
        seen("other")

    @app.get("/")
    @timed
    def page():
        called("view page")
        return "x"

    ask(app, seen)


@program
def login_required_without_wraps(called, seen):
    app = Flask("shop")

    def login_required(view):
        def guarded(*a, **k):
            called("view guarded")
            return view(*a, **k)

        return guarded

    @login_required
    def page():
        seen("page")
        return "x"

    app.add_url_rule("/", "page", page)
    ask(app, seen)


@program
def two_layers_one_with_wraps(called, seen):
    app = Flask("shop")

    def outer(role):
        def decorate(view):
            @functools.wraps(view)
            def inner(*a, **k):
                seen(role)
                return view(*a, **k)

            return inner

        return decorate

    def foreign(view):
        def call(*a, **k):
            called("view call")
            return view(*a, **k)

        return call

    @app.get("/")
    @outer("a")
    @foreign
    @outer("b")
    def page():
        seen("page")
        return "x"

    ask(app, seen)


@program
def builtins_and_operators(called, seen):
    app = Flask("shop")
    log = []
    app.before_request(functools.partial(log.append, "a"))
    app.teardown_request(log.append)
    app.after_request(lambda response: (called("after_request <lambda>"), response)[1])
    app.add_url_rule("/", "page", functools.partial(str, "hello"))
    c = app.test_client()
    called("before_request append")
    called("view str")
    seen(c.get("/").text)
    called("teardown_request append")
    seen(log)


@program
def singledispatch_handler(called, seen):
    app = Flask("shop")

    @functools.singledispatch
    def answer(error):
        called("errorhandler answer")
        return "other", 500

    @answer.register
    def of_key(error: KeyError):
        called("errorhandler answer")
        return "key", 400

    app.register_error_handler(LookupError, answer)

    @app.get("/<kind>")
    def page(kind):
        called("view page")
        raise {"k": KeyError, "i": IndexError}[kind]("x")

    ask(app, seen, "/k", "/i")


@program
def methods_of_slotted_and_metaclassed(called, seen):
    app = Flask("shop")

    class Meta(type):
        def __call__(cls, *a, **k):
            return super().__call__(*a, **k)

        def __eq__(cls, other):
            return NotImplemented

        __hash__ = type.__hash__

    class Slotted(metaclass=Meta):
        __slots__ = ("n",)

        def __call__(self):
            called("before_request Slotted")

        def look(self):
            called("before_request look")

        @staticmethod
        def st():
            called("before_request st")

        @classmethod
        def cl(cls):
            called("before_request cl")

    one = Slotted()
    for f in one, one.look, one.st, Slotted.st, one.cl, Slotted.cl:
        app.before_request(f)

    @app.get("/")
    def page():
        called("view page")
        return ""

    ask(app, seen)


@program
def same_function_many_phases(called, seen):
    app = Flask("shop")
    now = []

    def note(*a, **k):
        called(f"{now[0]} note")
        now.pop(0)
        return (
            a[0]
            if a and a[0] is not None and not isinstance(a[0], (str, BaseException))
            else None
        )

    app.url_value_preprocessor(note)
    app.before_request(note)
    app.after_request(note)
    app.teardown_request(note)
    app.teardown_appcontext(note)
    app.add_url_rule("/", "page", lambda: (called("view <lambda>"), "x")[1])
    now += [
        "url_value_preprocessor",
        "before_request",
        "after_request",
        "teardown_request",
        "teardown_appcontext",
    ]
    ask(app, seen)


@program
def view_as_class_instance_and_endpoint(called, seen):
    app = Flask("shop")

    class Show:
        def __call__(self, **k):
            called("view Show")
            return jsonify(k)

    app.add_url_rule("/a/<int:n>", "show", Show())

    @app.endpoint("late")
    def answer():
        called("view answer")
        return "late"

    app.url_map.add(Rule("/late", endpoint="late"))
    ask(app, seen, "/a/3", "/late", "/a/x")


@program
def method_view_with_decorators_and_abc(called, seen):
    app = Flask("shop")

    def twice(f):
        @functools.wraps(f)
        def inner(*a, **k):
            seen("deco")
            return f(*a, **k)

        return inner

    class Base(MethodView, abc.ABC):
        @abc.abstractmethod
        def get(self): ...
        def post(self):
            called("view post")
            return "posted"

    class Item(Base):
        decorators = [twice, twice]

        @twice
        def get(self):
            called("view get")
            return super().get() or "got"

    app.add_url_rule("/", view_func=Item.as_view("item"))
    c = app.test_client()
    for m in "get", "post", "put", "options", "head":
        seen(getattr(c, m)("/").status)
