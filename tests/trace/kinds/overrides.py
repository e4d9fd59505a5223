"""Applications whose class overrides methods of Flask."""

import functools
from collections import ChainMap
from unittest.mock import patch

from flask import (
    Flask,
    request,
)

from . import ask, first, program, shop, trouble


@program
def registry_that_is_a_property(called, seen):
    class Own(Flask):
        @property
        def before_request_funcs(self):
            return self.__dict__.setdefault("mine", {})

        @before_request_funcs.setter
        def before_request_funcs(self, value):
            self.__dict__["mine"] = value

    app = shop(called, Own)
    app.before_request(lambda: called("before_request <lambda>"))
    ask(app, seen)


@program
def methods_with_comprehensions(called, seen):
    class Own(Flask):
        def process_response(self, *arguments):
            response = arguments[-1]
            for function in [
                self.ensure_sync(function)
                for scope in (*request.blueprints, None)
                for function in reversed(self.after_request_funcs.get(scope, ()))
            ]:
                response = function(response)
            return response

        def preprocess_request(self, *arguments):
            for function in self.before_request_funcs[None].copy():
                function()

        def do_teardown_request(self, *arguments, **more):
            functions = ChainMap({}, self.teardown_request_funcs.copy())
            for function in [*functions.get(None, ())][::-1]:
                self.ensure_sync(function)(None)

    app = shop(called, Own)
    app.before_request(lambda: called("before_request <lambda>"))
    app.teardown_request(lambda error: called("teardown_request <lambda>"))
    ask(app, seen)


@program
def methods_with_helpers(called, seen):
    class Own(Flask):
        def process_response(self, *arguments):
            return self.run_all(arguments[-1])

        def run_all(self, response):
            for function in self.all():
                response = function(response)
            return response

        def all(self):
            return self.after_request_funcs[None]

    app = shop(called, Own)

    def look():
        called("view look")
        seen((type(app.all()), app.all()[0].__name__))
        return "looked"

    app.view_functions["page"] = look
    ask(app, seen)


@program
def function_asked_by_a_method(called, seen):
    class Own(Flask):
        def preprocess_request(self, *arguments):
            for function in self.before_request_funcs[None]:
                seen((function.__module__, function.__doc__, function._function))
                seen((function == look, callable(function), function.__class__))
            return super().preprocess_request(*arguments)

    app = shop(called, Own)

    @app.before_request
    def look():
        """Look."""
        called("before_request look")

    look._function = "mine"
    ask(app, seen)


@program
def method_patched_on_the_class(called, seen):
    app = shop(called)
    inner, outer = Flask.full_dispatch_request, app.finalize_request

    def dispatch(self, *arguments):
        seen("dispatch")
        return inner(self, *arguments)

    def finalize(*arguments, **more):
        seen("finalize")
        return outer(*arguments, **more)

    app.finalize_request = finalize
    with patch.object(Flask, "full_dispatch_request", dispatch):
        ask(app, seen)
    ask(app, seen)


@program
def ensure_sync_that_wraps(called, seen):
    class Mixin:
        def ensure_sync(self, function):
            inner = super().ensure_sync(function)

            @functools.wraps(function)
            def wrapper(*arguments, **values):
                seen(f"inside of {function.__name__}")
                return inner(*arguments, **values)

            return wrapper

    class Own(Mixin, Flask):
        pass

    app = shop(called, Own)

    @app.before_request
    async def look():
        called("before_request look")

    ask(app, seen)


@program
def own_wsgi_app(called, seen):
    class Own(Flask):
        def wsgi_app(self, environ, start_response):
            with self.request_context(environ) as context:
                try:
                    response = self.full_dispatch_request(*first(context))
                except KeyError:
                    seen(trouble())
                    response = self.make_response(("sorry", 500))
                return response(environ, start_response)

    app = shop(called, Own)

    @app.get("/raises")
    def fails():
        called("view fails")
        raise KeyError("x")

    app.teardown_request(lambda error: called("teardown_request <lambda>"))
    ask(app, seen, "/", "/raises")
