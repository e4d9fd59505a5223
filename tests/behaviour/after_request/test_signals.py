"""The request_finished signal and the hooks."""

from flask import Response, request_finished

from snippets.after_request.add_header import app as hello_app


def test_request_finished_is_sent_after_all_hooks():
    """A receiver sees the header that the hook has set."""
    seen = []

    def look(sender, response):
        seen.append(response.headers["X-Hello"])

    with request_finished.connected_to(look, hello_app):
        hello_app.test_client().get("/")
    assert seen == ["World"]


def test_receiver_of_request_finished_can_still_add_a_header():
    """It gets the response object that is sent."""

    def add(sender, response):
        response.headers["X-Late"] = "yes"

    with request_finished.connected_to(add, hello_app):
        response = hello_app.test_client().get("/")
    assert response.headers["X-Late"] == "yes"


def test_receiver_of_request_finished_cannot_replace_the_response():
    """Nothing looks at what a receiver returns."""

    def replace(sender, response):
        return Response("replaced")

    with request_finished.connected_to(replace, hello_app):
        assert hello_app.test_client().get("/").text == "Hello!"


def test_receiver_of_request_finished_that_raises_starts_a_second_pass(app, steps):
    """Its exception counts like a hook's: all hooks run on the 500."""
    app.after_request(lambda response: steps.append(response.status_code) or response)
    app.add_url_rule("/", view_func=lambda: "Fine", endpoint="index")

    def fail(sender, response):
        raise LookupError("no such header")

    with request_finished.connected_to(fail, app):
        assert app.test_client().get("/").status_code == 500
    assert steps == [200, 500]
