"""What people expect of receivers, and what happens."""

from flask import (
    redirect,
    request_finished,
    request_started,
    request_tearing_down,
)


def test_receiver_made_and_connected_in_a_hook_is_one_more_with_each_request(
    app, steps
):
    """Each request makes a new function, and the old ones stay connected."""

    @app.before_request
    def connect():
        def count(sender, **extra):
            steps.append("called")

        request_finished.connect(count, app, weak=False)

    client = app.test_client()
    numbers = []
    for _ in range(3):
        client.get("/")
        numbers.append(len(steps))
        steps.clear()
    assert numbers == [1, 2, 3]


def test_what_a_receiver_of_request_started_returns_is_ignored(app, steps):
    """The hooks and the view run, and the view's response is sent."""

    def leave(sender, **extra):
        return redirect("/login")

    app.before_request(lambda: steps.append("before_request"))
    app.add_url_rule("/", "index", lambda: "Tea")
    with request_started.connected_to(leave, app):
        response = app.test_client().get("/")
    assert (response.status_code, response.text) == (200, "Tea")
    assert steps == ["before_request"]


def test_request_tearing_down_is_sent_before_the_body_is_read(app, steps):
    """So the client waits for its receivers."""

    def stream():
        steps.append("body")
        yield "Tea"

    def note(sender, exc, **extra):
        steps.append("receiver")

    app.add_url_rule("/", "index", stream)
    with request_tearing_down.connected_to(note, app):
        app.test_client().get("/")
    assert steps == ["receiver", "body"]
