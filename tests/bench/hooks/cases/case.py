"""What a case is, and the applications that many cases begin with."""

import dataclasses
from collections.abc import Callable
from contextlib import nullcontext

from flask import Flask

SMALL = "Hello!"

LARGE = "The tide comes in. " * 55_000  # about one megabyte


@dataclasses.dataclass(frozen=True)
class Case:
    """An application and a request to it."""

    name: str
    title: str
    make: Callable[[], Callable]
    url: str = "/"
    visited: bool = False
    """The client was here before, and sends the cookie that it got."""
    around: Callable = nullcontext
    """Called with the application: what is the case only while it is measured."""


CASES: dict[str, Case] = {}


def case(title, name=None, **options):
    """Add a case that is called as the function is."""

    def add(make):
        key = name or make.__name__
        CASES[key] = Case(key, title, make, **options)
        return make

    return add


def app_with(body=SMALL):
    """Return an application with one view and no hooks."""
    app = Flask(__name__)
    app.add_url_rule("/", "index", lambda: body)
    return app


def pass_on(response):
    """Do nothing: the least that a hook can do."""
    return response


def add(register, count, make):
    """Register `count` functions, each an object of its own."""
    for _ in range(count):
        register(make())


def plain_hook():
    """Return a new hook that does nothing."""
    return lambda response: response
