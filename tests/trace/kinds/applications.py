"""Applications that have a part of Flask replaced, edited or overridden."""

import contextlib
import io
from concurrent.futures import ThreadPoolExecutor

from flask import (
    Blueprint,
    Flask,
    Request,
    Response,
    g,
    render_template_string,
    request,
    session,
    url_for,
)
from flask.json.provider import DefaultJSONProvider
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.middleware.profiler import ProfilerMiddleware

from . import ask, first, program, shop, trouble


@program
def own_response_class(called, seen):
    class Noted(Response):
        default_mimetype = "text/plain"

        def __getattribute__(self, name):
            if name in {"iter_encoded", "close", "get_wsgi_response"}:
                seen(name)
            return super().__getattribute__(name)

        def close(self):
            seen("closed")
            super().close()

        def __call__(self, environ, start_response):
            seen("called")
            return super().__call__(environ, start_response)

    app = shop(called)
    app.response_class = Noted
    ask(app, seen)


@program
def request_that_counts(called, seen):
    class Counted(Request):
        def __getattribute__(self, name):
            seen(name)
            return super().__getattribute__(name)

    app = shop(called)
    app.request_class = Counted
    ask(app, seen)


@program
def application_that_looks_on(called, seen):
    class Watched(Flask):
        def __getattribute__(self, name):
            seen(name)
            return super().__getattribute__(name)

    ask(shop(called, Watched), seen)


@program
def own_json_provider(called, seen):
    class Provider(DefaultJSONProvider):
        def dumps(self, obj, **options):
            seen("dumps")
            return super().dumps(obj, **options)

    app = shop(called)
    app.json = Provider(app)
    app.view_functions["page"] = lambda: called("view <lambda>") or {"a": 1}
    ask(app, seen)


@program
def own_session_interface(called, seen):
    class Kept(dict, SessionMixin):
        def items(self):
            seen("items")
            return super().items()

    class Interface(SessionInterface):
        store = {}

        def open_session(self, app, request):
            seen("open")
            return Kept(self.store)

        def save_session(self, app, session, response):
            seen("save")
            self.store.update(session)

    app = shop(called)
    app.session_interface = Interface()

    def count():
        called("view count")
        session["visits"] = session.get("visits", 0) + 1
        return str(session["visits"])

    app.view_functions["page"] = count
    ask(app, seen, "/", "/")


@program
def edited_registries(called, seen):
    app = shop(called)
    app.before_request(lambda: called("never"))
    app.before_request_funcs[None] = [lambda: called("before_request <lambda>")]

    def first():
        called("before_request first")

    app.before_request_funcs[None].insert(0, first)
    app.teardown_request_funcs[None] = (lambda e: called("teardown_request <lambda>"),)
    app.teardown_appcontext_funcs = [lambda e: called("teardown_appcontext <lambda>")]
    ask(app, seen)


@program
def registered_while_a_request_runs(called, seen):
    app = shop(called)

    @app.before_request
    def look():
        called("before_request look")
        if len(app.before_request_funcs[None]) == 1:
            app.before_request_funcs[None].append(late)

    def late():
        called("before_request late")

    ask(app, seen, "/", "/")


@program
def middleware_that_calls_twice(called, seen):
    app = shop(called)
    inner = app.wsgi_app

    def twice(environ, start_response):
        tried = inner(dict(environ), lambda *arguments: None)
        seen(b"".join(tried))
        tried.close()
        return inner(environ, start_response)

    app.wsgi_app = ProfilerMiddleware(twice, stream=io.StringIO())
    ask(app, seen)


@program
def server_that_refuses(called, seen):
    app = shop(called)
    app.teardown_request(lambda error: called("teardown_request <lambda>"))

    def start_response(*arguments):
        raise OSError("the client has gone")

    environ = app.test_request_context("/").request.environ
    try:
        app(environ, start_response)
    except OSError:
        seen(trouble())


@program
def app_contexts_of_another(called, seen):
    app, other = shop(called), Flask("other")
    app.teardown_appcontext(lambda error: called("teardown_appcontext <lambda>"))

    @other.teardown_appcontext
    def down(error):
        called("teardown_appcontext down")

    def page():
        called("view page")
        with other.app_context():
            return "page"

    app.view_functions["page"] = page
    ask(app, seen)


@program
def nested_blueprints(called, seen):
    app = shop(called)
    parts = [Blueprint(name, "parts", url_prefix=f"/{name}") for name in "abc"]

    def noted(phase, name, result=None):
        def function(*arguments, **values):
            called(f"{phase} {name}")
            return arguments[0] if phase == "after_request" else None

        function.__name__ = name
        return function

    for part in parts:
        name = part.name
        part.before_request(noted("before_request", f"before_{name}"))
        part.before_app_request(noted("before_request", f"before_app_{name}"))
        part.after_request(noted("after_request", f"after_{name}"))
        part.teardown_request(noted("teardown_request", f"down_{name}"))
        part.url_value_preprocessor(noted("url_value_preprocessor", f"pull_{name}"))
    a, b, c = parts

    @c.errorhandler(KeyError)
    def of_c(error):
        called("errorhandler of_c")
        return "c", 500

    @b.errorhandler(ValueError)
    def of_b(error):
        called("errorhandler of_b")
        return "b", 500

    @c.get("/")
    def fails():
        called("view fails")
        raise KeyError("c")

    @b.get("/fails")
    def fails_too():
        called("view fails_too")
        raise ValueError("b")

    b.register_blueprint(c)
    a.register_blueprint(b)
    app.register_blueprint(a)
    ask(app, seen, "/a/b/c/", "/a/b/fails", "/nowhere")


@program
def blueprint_under_two_names(called, seen):
    app, part = Flask("shop"), Blueprint("part", "part")
    part.before_request(lambda: called("before_request <lambda>"))
    part.url_defaults(lambda endpoint, values: called("url_defaults <lambda>"))

    @part.get("/")
    def page():
        called("view page")
        return url_for(".page")

    app.register_blueprint(part, url_prefix="/one")
    app.register_blueprint(part, name="other", url_prefix="/two")
    ask(app, seen, "/one/", "/two/")


@program
def requests_in_a_pool(called, seen):
    app = shop(called)

    @app.before_request
    def look():
        called("before_request look")
        g.number = request.args["number"]

    app.view_functions["page"] = lambda: called("view <lambda>") or g.number
    paths = [f"/?number={number}" for number in range(3)]
    with ThreadPoolExecutor(3) as pool:
        seen(list(pool.map(lambda path: app.test_client().get(path).text, paths)))


@program
def leaves_python(called, seen):
    app = shop(called)
    app.teardown_request(lambda error: called("teardown_request <lambda>"))

    @app.get("/<name>")
    def leave(name):
        called("view leave")
        raise {"exit": SystemExit, "stop": KeyboardInterrupt}[name](3)

    for path in ("/exit", "/stop"):
        try:
            app.test_client().get(path)
        except (SystemExit, KeyboardInterrupt):
            seen(trouble())


@program
def commands_and_contexts_by_hand(called, seen):
    app = shop(called)
    app.before_request(lambda: called("before_request <lambda>"))

    @app.cli.command("go")
    def go():
        with app.test_request_context("/") as context:
            seen(app.full_dispatch_request(*first(context)).get_data())

    app.test_cli_runner().invoke(args=["go"])
    with app.test_request_context("/") as context, contextlib.suppress(KeyError):
        app.preprocess_request(*first(context))
        seen(app.dispatch_request(*first(context)))


@program
def nameless_templates(called, seen):
    app = shop(called)
    app.context_processor(lambda: called("context_processor <lambda>") or {"a": 1})
    app.template_global("twice")(lambda number: seen("twice") or 2 * number)

    def page():
        called("view page")
        return render_template_string("{{ twice(a) }}{% set a = 2 %}{{ a }}")

    app.view_functions["page"] = page
    ask(app, seen)
