"""Sending a signal calls its receivers, one after the other, and waits."""

import threading

import flask
import pytest
from blinker import Namespace
from flask import request_finished, request_started


@pytest.mark.parametrize("signal", ["request_started", "request_finished"])
def test_request_waits_for_the_receivers_of_a_signal(app, steps, signal):
    """They run in its thread, and the response is sent when they have returned."""

    def note(sender, **arguments):
        steps.append(("receiver", threading.get_ident()))

    app.add_url_rule("/", "view", lambda: "Tea")
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "wsgi.url_scheme": "http"}
    environ |= {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    with getattr(flask, signal).connected_to(note, app):
        body = app(environ, lambda *status: steps.append("sent"))
    body.close()
    assert steps == [("receiver", threading.get_ident()), "sent"]


@pytest.mark.parametrize("signal", [request_started, request_finished])
def test_receiver_that_raises_makes_the_request_a_500(app, signal):
    """Nothing catches its exception on the way."""

    def crash(sender, **arguments):
        if not crashed:
            crashed.append(1)
            raise ValueError("receiver")

    crashed = []
    app.add_url_rule("/", "view", lambda: "Tea")
    with signal.connected_to(crash, app):
        assert app.test_client().get("/").status_code == 500


def test_receivers_after_one_that_raises_are_not_called(steps):
    """And the code that sends the signal gets the exception."""
    placed = Namespace().signal("placed")
    receivers = [lambda sender, n=n: steps.append(n) or 1 / 0 for n in range(3)]
    for receive in receivers:
        placed.connect(receive)
    with pytest.raises(ZeroDivisionError):
        placed.send("shop")
    assert len(steps) == 1


def test_receivers_are_not_called_in_the_order_in_which_they_were_connected(steps):
    """Blinker keeps them in sets: nothing says which one is first."""
    placed = Namespace().signal("placed")
    receivers = [lambda sender, n=n: steps.append(n) for n in range(200)]
    for receive in receivers:
        placed.connect(receive)
    placed.send("shop")
    assert sorted(steps) == list(range(200))
    assert steps != list(range(200))
