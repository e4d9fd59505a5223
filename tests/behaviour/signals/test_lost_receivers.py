"""Receivers that are connected, and never called."""

import functools
import gc

import blinker
import pytest
from flask import current_app, request_started


def connect_and_forget(kind, app, called, **options):
    """Connect a receiver that nobody else refers to."""

    def receive(sender, **values):
        called.append(kind)

    receivers = {
        "function": receive,
        "lambda": lambda sender, **values: called.append(kind),
        "partial": functools.partial(receive),
    }
    request_started.connect(receivers[kind], app, **options)


@pytest.mark.parametrize("kind", ["function", "lambda", "partial"])
def test_receiver_that_nobody_else_refers_to_is_never_called(app, kind):
    """Signals hold their receivers weakly."""
    called = []
    connect_and_forget(kind, app, called)
    gc.collect()
    assert app.test_client().get("/").status_code == 404
    assert called == []


@pytest.mark.parametrize("kind", ["function", "lambda", "partial"])
def test_receiver_connected_with_weak_false_is_called(app, kind):
    """The signal itself keeps it."""
    called = []
    connect_and_forget(kind, app, called, weak=False)
    gc.collect()
    app.test_client().get("/")
    assert called == [kind]


def test_receiver_that_is_referred_to_is_called(app):
    """Like a module-level function."""
    called = []

    def receive(sender, **values):
        called.append(sender)

    request_started.connect(receive, app)
    gc.collect()
    app.test_client().get("/")
    assert called == [app]


def test_signal_sent_by_current_app_misses_the_receivers_of_the_app(app):
    """The proxy and the app are two objects."""
    placed = blinker.Signal()
    called = []

    def receive(sender):
        called.append(sender)

    placed.connect(receive, app)

    @app.get("/proxy")
    def by_proxy():
        placed.send(current_app)
        return "sent"

    @app.get("/app")
    def by_app():
        placed.send(current_app._get_current_object())
        return "sent"

    client = app.test_client()
    assert (client.get("/proxy").text, called) == ("sent", [])
    assert (client.get("/app").text, called) == ("sent", [app])


def test_receiver_connected_for_every_sender_gets_what_current_app_sends(app):
    """Without a sender, it doesn't matter which object sends."""
    placed = blinker.Signal()
    called = []

    def receive(sender):
        called.append(sender.name)

    placed.connect(receive)

    @app.get("/")
    def index():
        placed.send(current_app)
        return "sent"

    assert app.test_client().get("/").text == "sent"
    assert called == [app.name]


def test_receiver_connected_to_current_app_is_never_called(app):
    """The sender is the app itself, not the proxy."""
    called = []

    def by_proxy(sender, **values):
        called.append("proxy")

    def by_app(sender, **values):
        called.append("app")

    with app.app_context():
        request_started.connect(by_proxy, current_app)
        request_started.connect(by_app, current_app._get_current_object())
    app.test_client().get("/")
    for receiver in by_proxy, by_app:
        request_started.disconnect(receiver)
    assert called == ["app"]
