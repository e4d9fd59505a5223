"""Rules, hosts, blueprints, and what is registered late."""

import collections

from flask import (
    Blueprint,
    Flask,
    current_app,
    render_template_string,
    request,
    stream_template_string,
    url_for,
)
from werkzeug.exceptions import BadRequest, Conflict, Gone, HTTPException, NotFound
from werkzeug.routing import BaseConverter, Rule
from werkzeug.wsgi import ClosingIterator

from . import ask, program, shop


@program
def handler_factories_and_scopes(called, seen):
    app = Flask("shop")
    a = Blueprint("a", "a", url_prefix="/a")
    b = Blueprint("b", "b", url_prefix="/b")

    def make(text, code):
        def answer(error):
            called("errorhandler answer")
            return f"{text} {type(error).__name__}", code

        return answer

    for scope in (app, a, b):
        for c in (404, 409):
            scope.register_error_handler(c, make(scope.name, c))
    app.register_error_handler(HTTPException, make("http", 500))
    a.register_error_handler(Exception, make("exc", 500))
    b.app_errorhandler(410)(make("b-app", 410))

    def boom(what):
        called("view boom")
        raise {
            "k": KeyError("k"),
            "404": NotFound(),
            "409": Conflict(),
            "410": Gone(),
            "400": BadRequest(),
        }[what]

    for scope in (app, a, b):
        scope.add_url_rule("/x/<what>", "boom", boom)
    a.register_blueprint(b)
    app.register_blueprint(a)
    for p in "/x/", "/a/x/", "/a/b/x/":
        for w in "404", "409", "410", "400":
            ask(app, seen, p + w)
    ask(app, seen, "/a/x/k", "/a/nowhere", "/nowhere")


@program
def converters_that_call(called, seen):
    app = Flask("shop")

    class Item(BaseConverter):
        def to_python(self, v):
            seen(("to", v))
            return None if v == "no" else v.upper()

        def to_url(self, v):
            seen(("url", v))
            return v.lower()

    class Bad(BaseConverter):
        def to_python(self, v):
            raise ZeroDivisionError

    app.url_map.converters.update(item=Item, bad=Bad)

    @app.url_defaults
    def lang(e, v):
        called("url_defaults lang")
        v.setdefault("lang", "de")

    @app.get("/<lang>/<item:i>")
    def page(lang, i):
        called("view page")
        return url_for("page", i="ABC")

    @app.get("/bad/x/<bad:i>")
    def bad(i):
        called("view bad")
        return ""

    ask(app, seen, "/en/a", "/bad/x/1")


@program
def subdomains_and_hosts(called, seen):
    app = Flask("shop", subdomain_matching=True)
    app.config["SERVER_NAME"] = "shop.example"
    api = Blueprint("api", "api", subdomain="api")

    @api.before_request
    def look():
        called("before_request look")

    @api.get("/")
    def of_api():
        called("view of_api")
        return "api"

    @app.get("/", subdomain="<who>")
    def of_who(who):
        called("view of_who")
        return who

    @app.get("/")
    def page():
        called("view page")
        return "page"

    app.register_blueprint(api)
    c = app.test_client()
    for b in (
        "http://shop.example",
        "http://api.shop.example",
        "http://ann.shop.example",
    ):
        seen((c.get("/", base_url=b).status, c.get("/", base_url=b).text[:20]))


@program
def host_matching(called, seen):
    app = Flask("shop", host_matching=True, static_host="s.example")

    @app.get("/", host="a.example")
    def a():
        called("view a")
        return "a"

    c = app.test_client()
    for b in "http://a.example", "http://b.example":
        seen(c.get("/", base_url=b).status)


@program
def methods_and_options(called, seen):
    app = Flask("shop")

    @app.before_request
    def look():
        called("before_request look")

    @app.route("/both", methods=["GET", "POST", "OPTIONS"])
    def both():
        called("view both")
        return request.method

    @app.get("/auto")
    def auto():
        called("view auto")
        return "auto"

    @app.route("/none", provide_automatic_options=False, methods=["PUT"])
    def none():
        called("view none")
        return ""

    @app.get("/slash/")
    def slash():
        called("view slash")
        return "s"

    app.add_url_rule("/old", redirect_to="/auto", endpoint="old")
    app.add_url_rule("/build", endpoint="build", build_only=True)
    c = app.test_client()
    for u in "/both", "/auto", "/none", "/slash", "/slash/", "/old", "/build", "//auto":
        for m in "GET", "HEAD", "OPTIONS", "POST", "TRACE", "BREW":
            seen(c.open(u, method=m).status)


@program
def nested_same_names(called, seen):
    app = Flask("shop")

    def part(name, *kids):
        b = Blueprint(name, "p")

        @b.before_request
        def look():
            called("before_request look")
            seen(request.blueprints)

        @b.get("/")
        def index():
            called("view index")
            return request.endpoint

        @b.context_processor
        def names():
            called("context_processor names")
            return {"n": name}

        @b.get("/t")
        def tpl():
            called("view tpl")
            return render_template_string("{{ n }}")

        @b.errorhandler(KeyError)
        def kk(error):
            called("errorhandler kk")
            return f"{name}", 400

        @b.get("/k")
        def k():
            called("view k")
            raise KeyError

        for n, kid in enumerate(kids):
            b.register_blueprint(kid, url_prefix=f"/{n}", name=f"k{n}")
        return b

    inner = part("same")
    app.register_blueprint(part("same", part("same", inner), inner), url_prefix="/a")
    app.register_blueprint(inner, url_prefix="/i", name="own")
    for u in "/a/", "/a/0/", "/a/0/0/", "/a/1/", "/i/":
        ask(app, seen, u, u + "t", u + "k")


@program
def late_registration_in_request(called, seen):
    app = Flask("shop")

    @app.get("/")
    def page():
        called("view page")
        current_app.before_request_funcs.setdefault(None, []).append(late)
        current_app.after_request_funcs.setdefault(None, []).insert(0, stamp)
        current_app.teardown_request_funcs.setdefault(None, []).append(down)
        current_app.view_functions["extra"] = extra
        current_app.url_map.add(Rule("/extra", endpoint="extra"))
        return "x"

    def late():
        called("before_request late")
        app.before_request_funcs[None].remove(late)

    def stamp(response):
        called("after_request stamp")
        app.after_request_funcs[None].clear()
        return response

    def down(error):
        called("teardown_request down")
        app.teardown_request_funcs[None] = []

    def extra():
        called("view extra")
        return "extra"

    ask(app, seen, "/", "/extra", "/extra")


@program
def wsgi_app_replaced_variants(called, seen):
    app = shop(called)
    log = []

    class Mid:
        def __init__(self, app):
            self.app = app

        def __call__(self, e, s):
            if e["PATH_INFO"] == "/short":
                s("200 OK", [])
                return [b"short"]
            if e["PATH_INFO"] == "/twice":
                list(self.app({**e, "PATH_INFO": "/"}, s))
                e["PATH_INFO"] = "/"
            it = self.app(e, s)
            return ClosingIterator(it, [lambda: log.append("closed")])

    app.wsgi_app = Mid(Mid(app.wsgi_app))
    ask(app, seen, "/", "/short", "/twice")
    seen(log)


@program
def registry_objects_replaced(called, seen):
    """Registries of types of their own."""
    app = Flask("shop")

    def a():
        called("before_request a")

    def b():
        called("before_request b")

    def s(response):
        called("after_request s")
        return response

    app.before_request_funcs = {None: (a, b)}
    app.after_request_funcs = collections.defaultdict(
        list, {None: collections.deque([s])}
    )

    class Views(dict):
        def __getitem__(self, k):
            seen(("asked", k))
            return dict.__getitem__(self, k)

        def __missing__(self, k):
            return lambda: called("view <lambda>") or "missing"

    app.view_functions = Views(app.view_functions)

    @app.get("/")
    def page():
        called("view page")
        return "x"

    app.url_map.add(Rule("/m", endpoint="m"))
    ask(app, seen, "/")
    try:
        ask(app, seen, "/m")
    except Exception as e:
        seen(repr(e))


@program
def template_signals_and_processors(called, seen):
    app = Flask("shop")
    bp = Blueprint("b", "b")

    @app.context_processor
    def one():
        called("context_processor one")
        return {"a": 1}

    @bp.app_context_processor
    def two():
        called("context_processor two")
        return {"b": 2}

    @bp.context_processor
    def three():
        called("context_processor three")
        return {"c": 3}

    @app.template_filter()
    def shout(s):
        seen("shout")
        return s.upper()

    @bp.get("/b")
    def page():
        called("view page")
        return render_template_string(
            "{% macro m() %}{{ a }}{% endmacro %}{{ m() }}{{ 'x'|shout }}{{ c }}"
        ) + render_template_string("{{ b }}")

    @app.get("/s")
    def s():
        called("view s")
        return stream_template_string("{{ a }}{{ b }}")

    app.register_blueprint(bp)
    ask(app, seen, "/b", "/s")
