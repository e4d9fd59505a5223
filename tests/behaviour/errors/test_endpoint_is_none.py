"""Hooks that take it for granted that a view was found."""

import pytest
from flask import request

READS = {
    "in": (lambda: "static" in request.endpoint, TypeError, "of type 'NoneType'"),
    "slice": (lambda: request.endpoint[:5], TypeError, "not subscriptable"),
    "startswith": (lambda: request.endpoint.startswith("a"), AttributeError, "with'"),
    "split": (lambda: request.endpoint.split("."), AttributeError, "'split'"),
    "rule": (lambda: request.url_rule.rule, AttributeError, "attribute 'rule'"),
}
REQUESTS = [("/unknown", "GET", 404), ("/", "PUT", 405), ("/folder", "GET", 308)]


def serve(app, kind, read):
    """Register `read` as what a hook does, and return a client."""
    app.add_url_rule("/", "index", lambda: "Tea")
    app.add_url_rule("/folder/", "folder", lambda: "Tea")

    def hook(*response):
        read()
        return response[0] if response else None

    getattr(app, kind)(hook)
    return app.test_client()


@pytest.mark.parametrize(("path", "method", "status"), REQUESTS)
@pytest.mark.parametrize(("read", "error", "message"), READS.values(), ids=READS)
def test_hook_that_reads_the_endpoint_as_text_makes_a_500_of_errors(
    app, path, method, status, read, error, message
):
    """Of a 404, a 405 and the redirect to a slash; requests with a view work."""
    client = serve(app, "before_request", read)
    assert client.get("/").status_code == 200
    assert client.open(path, method=method).status_code == 500
    app.testing = True
    with pytest.raises(error, match=message):
        client.open(path, method=method)


@pytest.mark.parametrize(("path", "method", "status"), REQUESTS)
@pytest.mark.parametrize("kind", ["before_request", "after_request"])
def test_hook_that_reads_an_empty_text_for_no_endpoint_leaves_errors(
    app, kind, path, method, status
):
    """An empty text has the methods of a text; a comparison needs nothing."""
    seen = []

    def read():
        seen.append("static" in (request.endpoint or ""))
        seen.append(request.endpoint == "index")

    client = serve(app, kind, read)
    assert client.open(path, method=method).status_code == status
    assert seen == [False, False]


def test_blueprint_of_a_view_of_the_app_is_none(app):
    """So a hook that calls its methods makes a 500 of each of these pages."""
    client = serve(app, "before_request", lambda: request.blueprint.startswith("a"))
    assert client.get("/").status_code == 500


def test_blueprint_of_a_view_of_the_app_may_be_compared(app):
    """None is equal to no name."""
    seen = []
    client = serve(app, "before_request", lambda: seen.append(request.blueprint == "a"))
    assert client.get("/").status_code == 200
    assert seen == [False]
