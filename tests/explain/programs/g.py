"""What applications keep on g, and what is found in it."""

import flask
from flask import g
from flask import g as values

from ..running import Programs, a_page

PROGRAMS = Programs()
shows = PROGRAMS.shows


@shows("g-not-set show", "teardown-raised show")
def aliased_g(app):
    a_page(app)

    @app.before_request
    def check():
        raise KeyError("x")

    @app.before_request
    def start():
        values.start = 1

    @app.teardown_request
    def show(error):
        print(values.start)


@shows("g-not-set show")
def flask_dot_g(app):
    a_page(app)

    @app.before_request
    def check():
        return "early"

    @app.before_request
    def start():
        flask.g.start = 1

    @app.after_request
    def show(response):
        response.headers["X"] = str(flask.g.start)
        return response


@shows("g-not-set show")
def class_hooks(app):
    a_page(app)

    class Timer:
        def check(self):
            return "early"

        def start(self):
            g.start = 1

        def show(self, response):
            response.headers["X"] = str(g.start)
            return response

    t = app.t = Timer()
    app.before_request(t.check)
    app.before_request(t.start)
    app.after_request(t.show)


@shows("g-not-set show")
def with_walrus_and_tuple(app):
    a_page(app)

    @app.before_request
    def check():
        return "early"

    @app.before_request
    def start():
        g.a, g.start = 1, 2

    @app.after_request
    def show(response):
        if s := g.start:
            response.headers["X"] = str(s)
        return response


@shows()
def caught(app):
    a_page(app)

    @app.before_request
    def check():
        return "early"

    @app.before_request
    def start():
        g.start = 1

    @app.after_request
    def show(response):
        try:
            response.headers["X"] = str(g.start)
        except AttributeError:
            response.headers["X"] = "none"
        return response


@shows()
def other_attribute_error(app):
    a_page(app)

    @app.before_request
    def check():
        return "early"

    @app.before_request
    def start():
        g.start = 1

    @app.after_request
    def show(response):
        response.headers["X"] = response.start
        return response


@shows()
def key_error_of_a_dict(app):
    a_page(app)

    @app.before_request
    def check():
        return "early"

    @app.before_request
    def start():
        g.start = 1

    @app.after_request
    def show(response):
        response.headers["X"] = {}["start"]
        return response
