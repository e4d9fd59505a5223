"""Values that must not be asked for anything."""

import functools

import flask
from flask import (
    Flask,
    g,
    make_response,
    render_template_string,
    request,
)
from werkzeug.local import LocalProxy

from . import ask, program


@program
def g_class_with_properties_that_raise(called, seen):
    class G(flask.ctx._AppCtxGlobals):
        __slots__ = ("_cart", "user")
        hits = 0

        @property
        def cart(self):
            G.hits += 1
            raise RuntimeError("no cart")

        def __getattr__(self, name):
            G.hits += 1
            raise AttributeError(name)

    app = Flask("shop")
    app.app_ctx_globals_class = G

    @app.before_request
    def load():
        called("before_request load")
        g.user = "ann"
        g.more = [1]

    @app.get("/")
    def page():
        called("view page")
        return g.user

    ask(app, seen)
    seen(G.hits)


@program
def blowing_up_values(called, seen):
    hits = []

    class Bomb:
        def __repr__(self):
            hits.append("repr")
            raise RuntimeError

        def __len__(self):
            hits.append("len")
            raise RuntimeError

        def __bool__(self):
            hits.append("bool")
            raise RuntimeError

        def __eq__(self, o):
            hits.append("eq")
            raise RuntimeError

        def __hash__(self):
            hits.append("hash")
            return 1

        def __iter__(self):
            hits.append("iter")
            raise RuntimeError

        def __str__(self):
            hits.append("str")
            raise RuntimeError

        def __getattr__(self, n):
            hits.append(n)
            raise RuntimeError

        def __class_getitem__(c, k):
            hits.append("cgi")

    class D(dict):
        def items(self):
            hits.append("items")
            raise RuntimeError

        def __iter__(self):
            hits.append("iterd")
            raise RuntimeError

        def copy(self):
            hits.append("copy")
            raise RuntimeError

    class S(str):
        def __len__(self):
            hits.append("slen")
            return 3

        def __repr__(self):
            hits.append("srepr")
            return "S"

        def encode(self, *a):
            hits.append("enc")
            return b"enc"

        def __eq__(self, o):
            hits.append("seq")
            return str.__eq__(self, o)

        __hash__ = str.__hash__

    class Number(int):
        def __repr__(self):
            hits.append("irepr")
            return "I"

    app = Flask("shop")

    @app.before_request
    def load():
        called("before_request load")
        g.a = Bomb()
        g.b = [Bomb(), {"x": Bomb()}]
        g.c = D(a=1)
        g.d = S("abc")
        g.e = Number(3)
        g.f = {Bomb()}
        g.h = (D(), S("q"))

    @app.get("/<int:n>")
    def page(n):
        called("view page")
        g.b.append(1)
        g.c["k"] = 2
        del g.a
        return S("body")

    @app.after_request
    def stamp(response):
        called("after_request stamp")
        response.headers["X"] = S("v")
        return response

    ask(app, seen, "/3")
    seen(list(hits))


@program
def orm_like_counts_queries(called, seen):
    queries = []

    class Query:
        def __iter__(self):
            queries.append("SELECT")
            return iter([1, 2])

        def __len__(self):
            queries.append("COUNT")
            return 2

        def __bool__(self):
            return len(self) > 0

        def filter(self, **k):
            return self

        def __getitem__(self, n):
            queries.append("LIMIT")
            return 1

        def __repr__(self):
            return repr(list(self))

    class Field:
        def __get__(self, o, t):
            queries.append("GET")
            return "ann"

    class User:
        name = Field()

    app = Flask("shop")

    @app.before_request
    def load():
        called("before_request load")
        g.users = Query()
        g.user = User()
        g.lazy = LocalProxy(lambda: queries.append("PROXY") or User())

    @app.context_processor
    def names():
        called("context_processor names")
        return {"users": g.users}

    @app.get("/")
    def page():
        called("view page")
        return render_template_string("{{ users|length }}")

    ask(app, seen)
    seen(queries)


@program
def huge_values(called, seen):
    app = Flask("shop")
    app.secret_key = "k"

    class Counting(list):
        n = 0

        def __iter__(self):
            Counting.n += 1
            return super().__iter__()

    @app.before_request
    def load():
        called("before_request load")
        g.rows = list(range(300_000))
        g.text = "é" * 2_000_000
        g.big = 10**50_000
        g.deep = functools.reduce(lambda a, _: [a], range(900), [])
        g.self = []
        g.self.append(g.self)
        g.c = Counting(range(10))

    @app.get("/")
    def page():
        called("view page")
        g.rows.append(1)
        return "x" * 1_000_000

    response = app.test_client().get("/")
    seen((response.status, len(response.data)))
    seen(Counting.n)


@program
def headers_of_strange_charset(called, seen):
    app = Flask("shop")

    @app.before_request
    def look():
        called("before_request look")
        g.q = request.args.get("q")
        g.h = request.headers.get("X-Raw")

    @app.get("/<path:p>")
    def page(p):
        called("view page")
        response = make_response(p.encode("utf-8", "surrogateescape"))
        response.headers["X-Back"] = "caf\xe9"
        response.set_cookie("naïve", 'é; "q"')
        response.headers.add("Set-Cookie", "weird")
        return response

    c = app.test_client()
    for u in "/caf%C3%A9?q=%FF", "/%FF%FE", "/a%2Fb;x=1?&&==&q":
        response = c.get(
            u,
            headers={"X-Raw": "\xff\xfe", "Cookie": 'a=\xe9; b; =c; d="x\\073y"; a=2'},
        )
        seen((response.status, list(response.headers), response.data))
