"""What a real nginx does to an app's requests and responses."""

import json
import re
import secrets
import socket
import threading
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask import Flask, Response, request, session
from werkzeug.middleware.proxy_fix import ProxyFix

from .proxying import SECONDS, behind, listening

pytestmark = pytest.mark.extensions

PAGE = Path(__file__).parents[3] / "docs" / "servers" / "nginx.md"


@pytest.fixture
def nginx(tmp_path):
    """Return a context manager that runs nginx in front of apps."""
    return partial(behind, tmp_path)


@pytest.fixture
def shop():
    """An app whose hooks note that they ran."""
    app = Flask("shop")
    app.secret_key = "not a real secret"
    app.ran = ran = []

    @app.before_request
    def note_request():
        ran.append("before_request")

    @app.after_request
    def add_header(response):
        ran.append("after_request")
        response.headers["Access-Control-Allow-Origin"] = "https://blog.example"
        return response

    @app.teardown_request
    def note_end(error):
        ran.append(f"teardown_request {error!r}")

    @app.route("/", methods=["GET", "POST"])
    def index():
        return {
            "address": request.remote_addr,
            "host": request.host,
            "scheme": request.scheme,
            "names": sorted(name for name, _ in request.headers),
        }

    return app


WHOLE = ["before_request", "after_request", "teardown_request None"]
CORS = "Access-Control-Allow-Origin"


def told(answer):
    """Return what the view of a shop says of its request."""
    status, _, body = answer
    assert status == 200
    return json.loads(body)


def test_hook_behind_plain_nginx_sees_nginx_as_the_client(nginx, shop):
    """The address is nginx's, the host is the name of the upstream."""
    with nginx(shop) as site:
        seen = told(site.ask(headers={"Host": "shop.example"}))
    assert (seen["address"], seen["host"]) == ("127.0.0.1", "shop")
    assert seen["scheme"] == "http"
    assert shop.ran == WHOLE


def test_hook_behind_the_configured_nginx_sees_the_client(nginx, shop):
    """The headers of the page and ProxyFix; a client can't send them itself."""
    shop.wsgi_app = ProxyFix(shop.wsgi_app, x_for=1, x_proto=1)
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "gopher"}
    (server,) = re.findall(r"```nginx\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    with nginx(shop, server=server) as site:
        headers = {"Host": "shop.example", **forged}
        seen = told(site.ask(address="127.0.0.2", headers=headers))
    assert (seen["address"], seen["host"]) == ("127.0.0.2", "shop.example")
    assert seen["scheme"] == "http"


def test_body_that_is_too_large_for_nginx_meets_no_hook(nginx, shop):
    """More than 1 MB, unless client_max_body_size says more."""
    big = b"a" * (2**20 + 1)
    with nginx(shop) as site:
        status, headers, _ = site.ask(method="POST", body=big)
        assert (status, headers[CORS], shop.ran) == (413, None, [])
        assert site.ask(method="POST", body=big[1:])[0] == 200
    assert shop.ran == WHOLE
    with nginx(shop, location="client_max_body_size 2m;") as site:
        assert site.ask(method="POST", body=big)[0] == 200
    assert shop.ran == 2 * WHOLE


def test_cookies_that_are_too_large_for_nginx_meet_no_hook(nginx, shop):
    """A header line of more than 8 kB."""
    with nginx(shop) as site:
        assert site.ask(headers={"Cookie": "a=" + 8000 * "b"})[0] == 200
        shop.ran.clear()
        status, headers, body = site.ask(headers={"Cookie": "a=" + 9000 * "b"})
        assert (status, headers[CORS], shop.ran) == (400, None, [])
        assert b"Request Header Or Cookie Too Large" in body


@pytest.fixture
def closed():
    """The address of a server that isn't running."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return f"127.0.0.1:{port}"


def test_app_that_is_not_running_is_a_502_of_nginx(nginx, closed):
    """Nobody is there to add a header."""
    with nginx(closed) as site:
        status, headers, _ = site.ask()
    assert (status, headers[CORS]) == (502, None)


def test_response_headers_too_large_for_nginx_are_a_502_after_all_hooks(nginx, shop):
    """All headers together may have 4 kB: here a session and a long policy."""

    @shop.get("/cart")
    def show_cart():
        session["cart"] = secrets.token_hex(1000)
        policy = "script-src " + " ".join(secrets.token_hex(32) for _ in range(40))
        return "Cart", {"Content-Security-Policy": policy}

    with nginx(shop) as site:
        status, headers, _ = site.ask("/cart")
    assert (status, headers[CORS]) == (502, None)
    assert shop.ran == WHOLE
    log = (site.folder / "error.log").read_text("utf-8")
    assert "upstream sent too big header" in log
    with nginx(shop, location="proxy_buffer_size 8k;") as site:
        assert site.ask("/cart")[0] == 200


@pytest.fixture
def slow(shop):
    """A shop with a view that waits until it may go on."""
    shop.began, shop.gate, shop.ended = (threading.Event() for _ in range(3))

    @shop.get("/report")
    def show_report():
        shop.began.set()
        assert shop.gate.wait(SECONDS)
        return "Report"

    @shop.teardown_appcontext
    def note(error):
        shop.ended.set()

    return shop


def test_view_that_nginx_does_not_wait_for_runs_on_with_all_hooks(nginx, slow):
    """The client has its 504 while the view is at work."""
    with nginx(slow, location="proxy_read_timeout 100ms;") as site:
        status, headers, _ = site.ask("/report")
        assert (status, headers[CORS]) == (504, None)
        assert slow.began.wait(SECONDS)
        assert slow.ran == ["before_request"]
        slow.gate.set()
        assert slow.ended.wait(SECONDS)
    assert slow.ran == WHOLE


def test_client_that_leaves_is_a_499_and_the_view_runs_on(nginx, slow):
    """It's the status in nginx's access log: nobody gets it."""
    with nginx(slow) as site, site.sent("/report"):
        assert slow.began.wait(SECONDS)
    assert site.logged() == [499]
    slow.gate.set()
    assert slow.ended.wait(SECONDS)
    assert slow.ran == WHOLE


def test_static_files_that_nginx_sends_meet_no_hook(nginx, shop, tmp_path):
    """So they have none of the headers that hooks add."""
    (tmp_path / "shop.css").write_text("body {}", "utf-8")
    server = f"""
        location /static/ {{ alias {tmp_path}/; }}
        location / {{ proxy_pass http://shop; }}
    """
    with nginx(shop, server=server) as site:
        status, headers, body = site.ask("/static/shop.css")
        assert (status, headers[CORS], body) == (200, None, b"body {}")
        assert shop.ran == []
        assert site.ask()[1][CORS] == "https://blog.example"
    assert shop.ran == WHOLE


@pytest.mark.parametrize("status", [200, 302, 400, 404, 413, 500, 502])
def test_add_header_of_nginx_leaves_errors_out_without_always(
    nginx, shop, closed, status
):
    """Errors of the app and of nginx itself."""
    shop.add_url_rule("/page", view_func=lambda: ("Page", status))
    headers = """
        client_max_body_size 1k;
        add_header X-Some 1;
        add_header X-All 1 always;
    """
    body = {"body": b"a" * 2000} if status == 413 else {}
    with nginx(closed if status == 502 else shop, location=headers) as site:
        code, found, _ = site.ask("/page", **body)
    assert code == status
    assert (found["X-Some"], found["X-All"]) == ("1" if status < 400 else None, "1")


def test_header_of_nginx_and_of_a_hook_is_there_twice(nginx, shop):
    """Browsers refuse two values for this one, even if they are the same."""
    location = f"add_header {CORS} https://blog.example always;"
    with nginx(shop, location=location) as site:
        assert site.ask()[1].get_all(CORS) == 2 * ["https://blog.example"]
    with nginx(shop, location=f"{location} proxy_hide_header {CORS};") as site:
        assert site.ask()[1].get_all(CORS) == ["https://blog.example"]


def test_error_page_of_nginx_replaces_the_one_of_the_error_handler(
    nginx, shop, tmp_path
):
    """With proxy_intercept_errors; the headers that a hook added are gone as well."""
    shop.register_error_handler(404, lambda error: ("Not in the shop", 404))
    with nginx(shop) as site:
        status, headers, body = site.ask("/unknown")
    assert (status, headers[CORS]) == (404, "https://blog.example")
    assert body == b"Not in the shop"
    (tmp_path / "404.html").write_text("Not on this site", "utf-8")
    server = f"""
        error_page 404 /404.html;
        location = /404.html {{ internal; root {tmp_path}; }}
        location / {{ proxy_pass http://shop; proxy_intercept_errors on; }}
    """
    with nginx(shop, server=server) as site:
        status, headers, body = site.ask("/unknown")
    assert (status, headers[CORS], body) == (404, None, b"Not on this site")
    assert shop.ran == 2 * WHOLE


def test_header_with_an_underscore_does_not_reach_the_hooks(nginx, shop):
    """nginx leaves it out, and Flask's own server would as well."""
    sent = {"X_Request_ID": "1", "X-Trace": "2"}
    with listening(shop) as address:
        host, _, port = address.partition(":")
        with closing(HTTPConnection(host, int(port), SECONDS)) as connection:
            connection.request("GET", "/", headers=sent)
            names = json.loads(connection.getresponse().read())["names"]
    assert "X-Trace" in names
    assert "X-Request-Id" not in names
    with (
        socket.create_server(("127.0.0.1", 0)) as upstream,
        nginx(f"127.0.0.1:{upstream.getsockname()[1]}") as site,
        site.sent(headers=sent),
        upstream.accept()[0] as asked,
    ):
        request_line, _, rest = asked.recv(10_000).partition(b"\r\n")
    assert request_line == b"GET / HTTP/1.0"
    assert b"X-Trace: 2\r\n" in rest
    assert b"X_Request_ID" not in rest


def test_server_header_of_a_hook_is_replaced_by_nginx(nginx, shop):
    """Unless proxy_pass_header says that the app's is passed on."""

    @shop.after_request
    def hide_server(response):
        response.headers["Server"] = "shop"
        return response

    with nginx(shop) as site:
        assert site.ask()[1]["Server"].startswith("nginx")


@pytest.mark.parametrize(
    ("headers", "location"),
    [({"X-Accel-Buffering": "no"}, ""), ({}, "proxy_buffering off;")],
)
def test_pieces_of_a_stream_pass_nginx_at_once_if_told_so(
    nginx, shop, headers, location
):
    """By a header of the response, or by nginx's configuration: each of ten."""
    events = [threading.Event() for _ in range(10)]

    @shop.get("/events")
    def send_events():
        def pieces():
            for number, event in enumerate(events):
                yield f"data: {number}\n"
                assert event.wait(SECONDS)

        return Response(pieces(), mimetype="text/event-stream", headers=headers)

    with nginx(shop, location=location) as site, site.sent("/events") as connection:
        response = connection.getresponse()
        for number, event in enumerate(events):
            assert response.readline() == f"data: {number}\n".encode()
            event.set()
        assert response.read() == b""


@pytest.mark.parametrize(("buffered", "early"), [("on", False), ("off", True)])
def test_before_request_function_runs_when_nginx_has_the_whole_upload(
    nginx, slow, buffered, early
):
    """With proxy_request_buffering off, it runs when the headers are there."""

    @slow.post("/upload")
    def take():
        slow.began.set()
        return str(len(request.get_data()))

    location = f"proxy_request_buffering {buffered};"
    with (
        nginx(slow, location=location) as site,
        socket.create_connection(("127.0.0.1", site.port)) as client,
    ):
        client.sendall(
            b"POST /upload HTTP/1.1\r\nHost: shop\r\nContent-Length: 6\r\n\r\ntea"
        )
        assert slow.began.wait(SECONDS if early else 0.3) == early
        assert slow.ran == (["before_request"] if early else [])
        client.sendall(b"cup")
        client.settimeout(SECONDS)
        assert client.recv(12) == b"HTTP/1.1 200"
        assert slow.ended.wait(SECONDS)
    assert slow.ran == WHOLE


@pytest.mark.parametrize(("method", "times"), [("GET", 2), ("POST", 1)])
def test_request_is_sent_again_to_the_next_server_if_it_is_no_post(
    nginx, slow, method, times
):
    """The first one didn't answer in time: its hooks ran, and the other's do too."""
    begun = threading.Semaphore(0)

    @slow.route("/slow", methods=["GET", "POST"])
    def wait():
        begun.release()
        assert slow.gate.wait(SECONDS)
        return "Done"

    with nginx(slow, slow, location="proxy_read_timeout 200ms;") as site:
        assert site.ask("/slow", method)[0] == 504
        came = [begun.acquire(timeout=SECONDS) for _ in range(times)]
        assert came == times * [True]
        assert slow.ran == times * ["before_request"]
        slow.gate.set()
