"""What a receiver of each signal can use, and how to disconnect one."""

import flask
import pytest
from flask import (
    current_app,
    flash,
    g,
    render_template_string,
    request,
    request_started,
    session,
)

from tests.behaviour.versions import FLASK

USES = {
    "request": lambda: request.path,
    "session": lambda: session.get("user", "nobody"),
    "g": lambda: g.get("user", "nobody"),
    "current_app": lambda: current_app.name,
}
ALL = list(USES)
OF_THE_CONTEXT = ["request", "g", "current_app"] if FLASK >= (3, 2) else ALL[2:]
WANTED = {
    "request_started": ALL,
    "before_render_template": ALL,
    "template_rendered": ALL,
    "message_flashed": ALL,
    "got_request_exception": ALL,
    "request_finished": ALL,
    "request_tearing_down": ALL,
    "appcontext_pushed": OF_THE_CONTEXT,
    "appcontext_tearing_down": OF_THE_CONTEXT,
    "appcontext_popped": [],
}


def usable(names):
    found = []
    for name in names:
        try:
            USES[name]()
        except RuntimeError:
            continue
        found.append(name)
    return found


@pytest.mark.parametrize("name", WANTED)
def test_receiver_of_each_signal_uses_what_is_there(app, name):
    """With a view, for a crash and for an unknown URL."""
    app.secret_key = "tea"
    asked = [use for use in ALL if use != "session" or WANTED[name] in (ALL, [])]
    found = []

    def note(sender, **extra):
        found.append(usable(asked))

    @app.get("/")
    def index():
        flash("Saved")
        return render_template_string("Tea")

    app.add_url_rule("/crash", "crash", lambda: 1 / 0)
    for path in "/", "/crash", "/nowhere":
        with getattr(flask, name).connected_to(note, app):
            app.test_client().get(path)
    of_a_view_only = "before_render_template", "template_rendered", "message_flashed"
    once = (*of_a_view_only, "got_request_exception")
    assert found == [WANTED[name]] * (1 if name in once else 3)


def test_request_started_is_sent_for_unknown_urls(app):
    """Where request.endpoint is None; and for static files and wrong methods."""
    found = []

    def note(sender, **extra):
        found.append((request.path, request.endpoint))

    app.add_url_rule("/", "index", lambda: "Tea")
    client = app.test_client()
    with request_started.connected_to(note, app):
        client.get("/")
        client.post("/")
        client.get("/nowhere")
    assert found == [("/", "index"), ("/", None), ("/nowhere", None)]


@pytest.mark.parametrize("weak", [True, False])
def test_disconnect_ends_what_connect_began(app, weak):
    """With the same receiver and the same sender."""
    called = []

    def note(sender, **extra):
        called.append(request.path)

    request_started.connect(note, app, weak=weak)
    client = app.test_client()
    client.get("/first")
    request_started.disconnect(note, app)
    client.get("/second")
    # Old versions of blinker keep it, until it is disconnected from every sender.
    request_started.disconnect(note)
    assert called == ["/first"]
