"""What a hook may put into a header, asked of a test client and of a server."""

import http.client
import threading
from urllib.parse import quote

import pytest
from flask import request
from werkzeug.serving import make_server

from snippets.after_request_depth.checked_header import app as checked


@pytest.fixture
def echoing(app):
    """An app whose hook echoes a part of the query in a header."""

    @app.after_request
    def echo_unit(response):
        response.headers["X-Unit"] = request.args.get("unit", "none")
        return response

    app.add_url_rule("/", "index", lambda: "Here")
    return app


@pytest.fixture
def serve(monkeypatch):
    """Return a function that serves an app and asks it over a socket."""
    servers = []

    def ask(app, path):
        server = make_server("127.0.0.1", 0, app, threaded=True)
        monkeypatch.setattr(server.RequestHandlerClass, "log", lambda *args: None)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        servers.append((server, thread))
        connection = http.client.HTTPConnection(*server.server_address[:2], timeout=10)
        try:
            connection.request("GET", path, headers={"Connection": "close"})
            with connection.getresponse() as response:
                response.read()
                return response
        finally:
            connection.close()

    yield ask
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("unit", ["%E5%8C%99", "%E2%82%AC", "%F0%9F%8D%B5"])
def test_header_outside_latin_1_passes_the_test_client_and_not_a_server(
    echoing, serve, unit
):
    """The test client gets 200; over HTTP not one byte of a response is sent."""
    assert echoing.test_client().get(f"/?unit={unit}").status_code == 200
    with pytest.raises(http.client.RemoteDisconnected):
        serve(echoing, f"/?unit={unit}")


def test_header_within_latin_1_passes_both(echoing, serve):
    """An é is one byte there: test client and server send the header."""
    assert echoing.test_client().get("/?unit=%C3%A9").status_code == 200
    response = serve(echoing, "/?unit=%C3%A9")
    assert (response.status, response.getheader("X-Unit")) == (200, "é")


@pytest.mark.parametrize("sent", ["%0D", "%0A", "%0D%0A", "a%0D%0Ab"])
def test_client_that_chooses_a_header_can_choose_a_500(echoing, serve, sent):
    """A line break is refused with a ValueError: no second header, but a 500."""
    response = echoing.test_client().get(f"/?unit={sent}")
    assert response.status_code == 500
    assert "X-Unit" not in response.headers
    response = serve(echoing, f"/?unit={sent}")
    assert (response.status, response.getheader("X-Unit")) == (500, None)


@pytest.mark.parametrize("sent", ["%0D%0Aa", "%E2%82%AC", "eur", "EUR%20", "", "E"])
def test_list_of_allowed_values_lets_nothing_else_into_a_header(sent):
    """What is not in the list is not in the response, and nothing fails."""
    client = checked.test_client()
    assert client.get("/?currency=GBP").headers["X-Currency"] == "GBP"
    response = client.get(f"/?currency={sent}")
    assert (response.status_code, "X-Currency" in response.headers) == (200, False)


@pytest.mark.parametrize("sent", ["%E2%82%AC", "%0D%0Aa", "two%20words"])
def test_quoted_text_passes_as_a_header(app, serve, sent):
    """Percent-encoded text is ASCII: test client and server send the same."""

    @app.after_request
    def echo_unit(response):
        response.headers["X-Unit"] = quote(request.args["unit"])
        return response

    app.add_url_rule("/", "index", lambda: "Here")
    assert app.test_client().get(f"/?unit={sent}").headers["X-Unit"] == sent
    assert serve(app, f"/?unit={sent}").getheader("X-Unit") == sent
