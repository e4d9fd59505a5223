"""flask-sock: a WebSocket is one request, which ends with the socket."""

from contextlib import closing, contextmanager
from http.client import HTTPConnection
from threading import Thread

import pytest
from flask import abort, g, request, session

pytestmark = pytest.mark.extensions


@contextmanager
def served(app):
    """Yield the address of the app under Werkzeug's server; wait for its requests."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log(self, *arguments):
            pass

    # Its end waits for the threads of requests, unless they are daemons.
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    server.daemon_threads = False
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"ws://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def chat(app, steps):
    """An app with a WebSocket that says back what it receives."""
    from flask_sock import Sock

    app.secret_key = "only for tests"

    @app.before_request
    def check():
        g.received = 0
        steps.append("before")
        if "user" not in request.args:
            abort(401)

    app.after_request(lambda response: steps.append("after") or response)
    app.teardown_request(lambda error: steps.append("teardown_request"))
    app.teardown_appcontext(lambda error: steps.append("teardown_appcontext"))
    sock = Sock(app)

    @sock.route("/chat")
    def chat(socket):
        while True:
            text = socket.receive()
            g.received += 1
            session["last"] = text
            steps.append(text)
            socket.send(f"{request.args['user']}: {g.received} {text}")

    return app


def test_web_socket_of_flask_sock_is_one_request_until_it_is_closed(chat, steps):
    """before_request runs at the handshake, the others when the socket is closed."""
    from simple_websocket import Client

    with served(chat) as address:
        client = Client(f"{address}/chat?user=ada")
        said = []
        for text in ("tea", "cake"):
            client.send(text)
            said.append(client.receive())
        assert said == ["ada: 1 tea", "ada: 2 cake"]
        assert steps == ["before", "tea", "cake"]
        client.close()
    assert steps[3:] == ["after", "teardown_request", "teardown_appcontext"]


def test_before_request_function_that_aborts_refuses_a_web_socket(chat, steps):
    """The client gets the status in place of the handshake's."""
    wanted = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    with served(chat) as address:
        asked = HTTPConnection(address.removeprefix("ws://"))
        with closing(asked):
            asked.request("GET", "/chat", headers=wanted)
            with asked.getresponse() as refused:
                assert refused.status == 401
    assert steps == ["before", "after", "teardown_request", "teardown_appcontext"]
