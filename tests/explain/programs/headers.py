"""What applications do with headers and caches, and what is found in it."""

from flask import make_response, redirect

from ..running import Programs, a_page

PROGRAMS = Programs()
shows = PROGRAMS.shows


@shows()
def same_value(app):
    a_page(app)

    @app.after_request
    def b(response):
        response.headers["X-A"] = "a"
        return response

    @app.after_request
    def a(response):
        response.headers["X-A"] = "a"
        return response


@shows()
def extended_csp(app):
    a_page(app, lambda: ("x", {"Content-Security-Policy": "default-src 'self'"}))

    @app.after_request
    def b(response):
        response.content_security_policy.script_src = "'self'"
        return response


@shows()
def removed_then_set(app):
    a_page(app, lambda: ("x", {"Server": "v"}))

    @app.after_request
    def b(response):
        response.headers.pop("Server")
        return response


@shows()
def overwritten_only_on_error_page(app):
    @app.after_request
    def b(response):
        response.headers["X-A"] = "second" if response.status_code == 500 else "first"
        if response.status_code == 200:
            raise OSError
        return response

    a_page(app)


@shows("header-overwritten b")
def overwritten_in_other_case(app):
    a_page(app, lambda: ("x", {"x-frame-options": "DENY"}))

    @app.after_request
    def b(response):
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response


@shows()
def added_second(app):
    a_page(app, lambda: ("x", {"Link": "<a>"}))

    @app.after_request
    def b(response):
        response.headers.add("Link", "<b>")
        return response


@shows()
def content_type_charset(app):
    a_page(app, lambda: ("x", {"Content-Type": "text/plain"}))

    @app.after_request
    def b(response):
        response.headers["Content-Type"] = "text/plain; charset=utf-8"
        return response


@shows()
def location_completed(app):
    a_page(app, lambda: redirect("/a"))

    @app.after_request
    def b(response):
        response.headers["Location"] = "https://x" + response.headers["Location"]
        return response


@shows()
def nocache_field(app):
    @app.get("/")
    def index():
        response = make_response("x")
        response.set_cookie("a", "1")
        response.headers["Cache-Control"] = 'public, max-age=60, no-cache="Set-Cookie"'
        return response


@shows()
def expired(app):
    @app.get("/")
    def index():
        response = make_response("x")
        response.set_cookie("a", "1")
        response.headers["Cache-Control"] = "public, max-age=0"
        return response


@shows()
def smax0(app):
    @app.get("/")
    def index():
        response = make_response("x")
        response.set_cookie("a", "1")
        response.headers["Cache-Control"] = "max-age=60, s-maxage=0"
        return response


@shows("cookie-in-shared-cache lang")
def by_hook(app):
    @app.get("/")
    def index():
        return "x", {"Cache-Control": "max-age=60"}

    @app.after_request
    def lang(response):
        response.set_cookie("lang", "de")
        return response
