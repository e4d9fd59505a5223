"""Programs of the kinds that real applications are, each of which says what happens.

A program is given two functions. Each function that Flask calls says so to the first,
as a trace should: ``before_request look``. Whatever else can be noticed from within,
answers, tracebacks, who was asked for what, goes to the second.
"""

import itertools
import sys
import traceback

from flask import Flask
from werkzeug.test import create_environ

from tests.behaviour.versions import FLASK

PROGRAMS = {}


def program(function):
    PROGRAMS[function.__name__] = function
    return function


def ask(app, seen, *paths, **more):
    """Request each path; the whole answer is seen."""
    client = app.test_client()
    for path in paths or ["/"]:
        response = client.get(path, **more)
        seen((response.status, list(response.headers), response.get_data()))


def shop(called, kind=Flask):
    app = kind("shop")

    @app.get("/")
    def page():
        called("view page")
        return "page"

    @app.after_request
    def stamp(response):
        called("after_request stamp")
        response.headers["X-Stamp"] = type(response).__name__
        return response

    return app


def first(context):
    """Return what a method of the app gets first: since Flask 3.2, the context."""
    return [context] if FLASK >= (3, 2) else []


def trouble():
    """Return the traceback of what is handled; on Python 3.10, only what it is.

    Python 3.10 puts lines back into a traceback.
    """
    if sys.version_info >= (3, 11):
        return traceback.format_exc()
    return sys.exc_info()[0].__qualname__


def serve(app, path="/", take=None, close=True):
    """Do what a server does: return the status and the pieces, or the first ones."""
    got = []

    def start(status, headers, exc_info=None):
        got.append(status)
        return got.append

    pieces = app(create_environ(path), start)
    try:
        got.extend(itertools.islice(pieces, take))
    except Exception as error:
        got.append(repr(error))
    if close:
        getattr(pieces, "close", list)()
    return got
