"""Signals: blinker, and coroutine functions as receivers."""

import runpy
import sys
import warnings
from importlib.metadata import requires, version

import flask
import pytest
from flask import request_started
from packaging.requirements import Requirement
from packaging.version import Version

from snippets.changes import async_receiver, signals_available
from tests.behaviour.changes.releases import since

BLINKER = Version(version("blinker"))


def test_flask_requires_blinker_since_2_3():
    """Flask 2.2 leaves it to the reader: without it there are no signals."""
    names = [Requirement(line).name for line in requires("flask")]
    assert ("blinker" in names) == since(2, 3)


def test_connecting_without_blinker_is_a_runtime_error_in_flask_2_2(monkeypatch):
    """Since 2.3 Flask cannot be imported without it."""
    path = sys.modules["flask.signals"].__file__
    monkeypatch.setitem(sys.modules, "blinker", None)
    if since(2, 3):
        with pytest.raises(ModuleNotFoundError):
            runpy.run_path(path)
    else:
        signal = runpy.run_path(path)["request_started"]
        signal.send(None)
        with pytest.raises(RuntimeError) as caught:
            signal.connect(print)
        assert str(caught.value) == (
            "Signalling support is unavailable because the blinker library is not "
            "installed."
        )


def test_signals_available_warns_in_flask_2_3_and_is_gone_since_3_0():
    """In 2.2 it tells whether blinker is installed."""
    if since(3, 0):
        with pytest.raises(AttributeError, match="signals_available"):
            _ = flask.signals_available
    elif since(2, 3):
        with pytest.warns(DeprecationWarning, match="Signals are always available"):
            assert flask.signals_available is True
    else:
        assert flask.signals_available is True


def test_receiver_connected_without_asking_gets_the_signal(capsys):
    """With blinker installed, every version sends."""
    signals_available.app.test_client().get("/")
    assert capsys.readouterr().out == "got request_started\n"


def test_coroutine_receiver_is_awaited_since_flask_2_3(capsys):
    """In 2.2 it never runs: blinker refuses it, or its coroutine is dropped."""
    app = async_receiver.app
    app.testing = True
    with request_started.connected_to(async_receiver.note_async, app):
        if since(2, 3):
            app.test_client().get("/")
        elif Version("1.6") <= BLINKER:
            with pytest.raises(RuntimeError, match="Cannot send to a coroutine"):
                app.test_client().get("/")
        else:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                app.test_client().get("/")
    out = capsys.readouterr().out
    assert out == ("note_async got the signal\n" if since(2, 3) else "")


def test_plain_receiver_runs_on_every_version(capsys):
    """A def function needs nothing from Flask but the signal."""
    with request_started.connected_to(async_receiver.note_sync, async_receiver.app):
        async_receiver.app.test_client().get("/")
    assert capsys.readouterr().out == "note_sync got the signal\n"
