"""Step 2: an id for each request."""

import re
import socket
import threading

import pytest
from flask import request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.serving import make_server

from snippets.after_request_project.request_ids import app as desk_app
from snippets.after_request_project.request_ids import request_id
from tests.behaviour.versions import FLASK


@pytest.fixture
def desk(open_desk):
    return open_desk(desk_app)


def test_desk_takes_the_id_of_a_trusted_proxy(desk):
    """The header comes back as it was sent."""
    response = desk.open("/", headers={"X-Request-ID": "gate-0042"})
    assert response.headers.getlist("X-Request-ID") == ["gate-0042"]


def test_desk_makes_an_id_for_a_stranger(desk):
    """Only our own proxy may decide what the log contains."""
    response = desk.open(
        "/",
        headers={"X-Request-ID": "gate-0042"},
        environ_overrides={"REMOTE_ADDR": "203.0.113.9"},
    )
    assert response.headers["X-Request-ID"] == "made-1"


def test_desk_makes_another_id_for_each_request(desk):
    """Nothing on g outlives its request."""
    ids = [desk.open("/").headers["X-Request-ID"] for _ in range(3)]
    assert ids == ["made-1", "made-2", "made-3"]


def test_desk_makes_ids_of_32_hexadecimal_digits(pristine):
    """And they differ."""
    client = pristine("request_ids")["app"].test_client()
    ids = {client.get("/").headers["X-Request-ID"] for _ in range(20)}
    assert len(ids) == 20
    assert all(re.fullmatch("[0-9a-f]{32}", made) for made in ids)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "short",
        "x" * 65,
        "x" * 100_000,
        "42; drop table",
        "gate-0042\n",
        "gate-0042\r\nSet-Cookie: admin=1",
        "gate-0042\0",
        '<script>alert("id")</script>',
        "gate-\x1b[2Jclear",
        "gäte-0042",
        "gate-٤٢٤٢",
    ],
)
def test_desk_replaces_a_hostile_id(desk, sent):
    """Too short, too long, a newline, a control character, markup: a new id is made."""
    sent = sent.encode().decode("latin-1")
    response = desk.open("/", environ_overrides={"HTTP_X_REQUEST_ID": sent})
    assert response.status_code == 200
    assert response.headers["X-Request-ID"] == "made-1"
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("sent", ["x" * 8, "x" * 64, "0aZ-0aZ-"])
def test_desk_takes_ids_of_8_to_64_characters(desk, sent):
    """Letters, digits and hyphens."""
    response = desk.open("/", headers={"X-Request-ID": sent})
    assert response.headers["X-Request-ID"] == sent


def test_two_ids_sent_at_once_are_replaced(desk):
    """A server joins headers of one name with a comma, which no id contains."""
    headers = [("X-Request-ID", "gate-0042"), ("X-Request-ID", "gate-0043")]
    assert desk.open("/", headers=headers).headers["X-Request-ID"] == "made-1"


def test_dollar_lets_a_trailing_newline_through():
    """That is why ids are checked with fullmatch."""
    pattern = "[0-9A-Za-z-]{8,64}"
    assert re.match(f"{pattern}$", "gate-0042\n")
    assert not re.fullmatch(pattern, "gate-0042\n")


def test_id_echoed_without_a_check_can_make_a_500(app):
    """The hook raises on the page and on its 500: the client chose the crash."""

    @app.after_request
    def echo(response):
        response.headers["X-Request-ID"] = app.sent
        return response

    @app.get("/")
    def shelf():
        return "Tools"

    app.sent = "gate-0042\nX-Admin: 1"
    response = app.test_client().get("/")
    assert response.status_code == 500
    assert "X-Request-ID" not in response.headers
    assert "X-Admin" not in response.headers


def test_every_kind_of_response_has_an_id(desk, tmp_path):
    """Error pages, early returns, static files, HEAD, streams: one each."""
    for kind, response in desk.every_kind(tmp_path).items():
        ids = response.headers.getlist("X-Request-ID")
        assert [re.sub(r"\d+", "N", made) for made in ids] == ["made-N"], kind


def test_id_is_the_same_wherever_it_is_asked_for(desk):
    """The first call decides, and keeps the id on g."""
    desk.view("shelf", lambda: f"{request_id()} {request_id()}")
    response = desk.open("/")
    assert response.text == "made-1 made-1"
    assert response.headers["X-Request-ID"] == "made-1"


def test_id_is_made_although_the_session_cannot_be_opened(desk, monkeypatch):
    """No before_request function ran, and still the hook finds an id."""

    class Broken(type(desk_app.session_interface)):
        def open_session(self, app, request):
            raise OSError("the store of the sessions is down")

    monkeypatch.setattr(desk_app, "session_interface", Broken())
    desk.answer(lambda: pytest.fail("this is before before_request"))
    response = desk.open("/")
    assert response.status_code == 500
    assert response.headers["X-Request-ID"] == "made-1"


def test_propagated_exception_leaves_no_response_with_an_id(desk):
    """In testing mode there is nothing to put a header on."""
    desk.configure(TESTING=True)
    with pytest.raises(KeyError, match="deposit"):
        desk.open("/api/tools/sprayer")


def test_proxy_fix_hides_the_proxy_from_the_check(desk, monkeypatch):
    """remote_addr is then the visitor's, so the hook doesn't use the proxy's id."""
    monkeypatch.setattr(desk_app, "wsgi_app", ProxyFix(desk_app.wsgi_app))
    headers = {"X-Request-ID": "gate-0042", "X-Forwarded-For": "203.0.113.9"}
    assert desk.open("/", headers=headers).headers["X-Request-ID"] == "made-1"


def test_proxy_fix_keeps_the_address_of_the_proxy(desk, monkeypatch):
    """In the environment of the request, under werkzeug.proxy_fix.orig."""
    monkeypatch.setattr(desk_app, "wsgi_app", ProxyFix(desk_app.wsgi_app))
    seen = []

    def note():
        original = request.environ["werkzeug.proxy_fix.orig"]
        seen.append((request.remote_addr, original["REMOTE_ADDR"]))

    desk.answer(note)
    desk.open("/", headers={"X-Forwarded-For": "203.0.113.9"})
    assert seen == [("203.0.113.9", "127.0.0.1")]


def test_requests_inside_an_app_context_have_one_id_until_3_1(desk):
    """They share its g there; since 3.2 each request has its own."""
    with desk_app.app_context():
        ids = [desk.open("/").headers["X-Request-ID"] for _ in range(2)]
    assert ids == ["made-1", "made-1" if FLASK < (3, 2) else "made-2"]


@pytest.mark.parametrize("address", ["", "<local>", None])
def test_server_on_a_unix_socket_has_no_address_to_trust(desk, address):
    """REMOTE_ADDR is no IP address there: the desk makes an id of its own."""
    environ = {} if address is None else {"REMOTE_ADDR": address}
    with desk_app.test_request_context(
        "/", headers={"X-Request-ID": "gate-0042"}, environ_overrides=environ
    ):
        assert request.remote_addr not in desk_app.config["PROXIES"]
        assert request_id() == "made-1"


def test_development_server_on_a_unix_socket_names_no_address(app, tmp_path, steps):
    """A request over the socket: remote_addr is the text <local>."""

    @app.get("/")
    def index():
        steps.append(request.remote_addr)
        return "Here"

    path = tmp_path / "s"
    server = make_server(f"unix://{path}", 0, app)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(path))
        client.sendall(b"GET / HTTP/1.0\r\n\r\n")
        answer = b"".join(iter(lambda: client.recv(4096), b""))
    thread.join()
    server.server_close()
    assert answer.endswith(b"Here")
    assert steps == ["<local>"]
