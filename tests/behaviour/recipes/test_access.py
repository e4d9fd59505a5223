"""What the recipes say of addresses, hosts, passwords and keys."""

import pytest
from flask import Blueprint, redirect, request
from werkzeug.middleware.proxy_fix import ProxyFix

from snippets.recipes import api_key, block_addresses, one_host, password


def get(module, address, **headers):
    environ = {"REMOTE_ADDR": address}
    client = module.app.test_client()
    return client.get("/", environ_overrides=environ, headers=headers)


@pytest.mark.parametrize(
    "address", ["203.0.113.7", "::ffff:203.0.113.7", "2001:db8::1"]
)
def test_blocked_address_gets_a_403_and_reaches_no_view(address, monkeypatch):
    """An IPv4 address is recognized when a socket shows it as IPv6."""
    called = []
    views = block_addresses.app.view_functions
    monkeypatch.setitem(views, "index", lambda: called.append("view"))
    assert (get(block_addresses, address).status_code, called) == (403, [])


def test_client_cannot_choose_its_address_with_a_header():
    """request.remote_addr is the other end of the connection."""
    forwarded = {"X-Forwarded-For": "192.0.2.1", "X-Real-IP": "192.0.2.1"}
    assert get(block_addresses, "203.0.113.7", **forwarded).status_code == 403
    assert get(block_addresses, "192.0.2.1", **forwarded).status_code == 200


def test_behind_a_proxy_each_request_has_the_address_of_the_proxy(monkeypatch):
    """So a list blocks everyone or no one, until ProxyFix reads the header."""
    proxy, blocked = "192.0.2.1", {"X-Forwarded-For": "203.0.113.7"}
    assert get(block_addresses, proxy, **blocked).status_code == 200
    fixed = ProxyFix(block_addresses.app.wsgi_app, x_for=1)
    monkeypatch.setattr(block_addresses.app, "wsgi_app", fixed)
    assert get(block_addresses, proxy, **blocked).status_code == 403


def test_environ_overrides_gives_a_test_another_address(app):
    """The test client comes from 127.0.0.1 unless told otherwise."""
    app.add_url_rule("/", "index", lambda: request.remote_addr)
    client = app.test_client()
    environ = {"REMOTE_ADDR": "203.0.113.7"}
    assert client.get("/").text == "127.0.0.1"
    assert client.get("/", environ_overrides=environ).text == "203.0.113.7"


def test_base_url_gives_a_test_https_and_another_host(app):
    """The test client asks for http://localhost/ unless told otherwise."""
    app.add_url_rule("/", "index", lambda: f"{request.is_secure} {request.host}")
    client = app.test_client()
    assert client.get("/").text == "False localhost"
    assert client.get("/", base_url="https://shop.example").text == "True shop.example"
    assert client.get("https://shop.example/").text == "True shop.example"


def test_environ_base_is_part_of_each_request_of_a_client(app):
    """A header is an entry of the environment whose name begins with HTTP_."""
    app.add_url_rule("/", "index", lambda: request.headers["X-Api-Key"])
    client = app.test_client()
    client.environ_base["HTTP_X_API_KEY"] = "tea"
    assert [client.get("/").text, client.get("/").text] == ["tea", "tea"]


@pytest.mark.parametrize("address", ["", "unix:", None])
def test_request_without_an_address_is_refused(address, monkeypatch):
    """Such as one through a Unix socket, until ProxyFix reads the header."""
    assert get(block_addresses, address).status_code == 403
    fixed = ProxyFix(block_addresses.app.wsgi_app, x_for=1)
    monkeypatch.setattr(block_addresses.app, "wsgi_app", fixed)
    for client, status in ("203.0.113.7", 403), ("192.0.2.1", 200):
        forwarded = {"X-Forwarded-For": client}
        assert get(block_addresses, address, **forwarded).status_code == status


@pytest.mark.parametrize(
    "address", ["http://shop.example/orders", "https://www.shop.example/orders"]
)
def test_redirect_to_the_host_is_the_response_to_a_preflight_too(address):
    """Browsers refuse it: the script has to use the address with https."""
    response = one_host.app.test_client().options(address)
    assert (response.status_code, response.location) == (
        308, "https://shop.example/orders",
    )  # fmt: skip
    assert one_host.app.test_client().options(response.location).status_code == 200


@pytest.mark.parametrize("path", ["/orders?page=2", "/a//b", "/caf%C3%A9"])
def test_redirect_to_the_host_keeps_path_and_query(path):
    """Only scheme and host are replaced, and never by a value from the client."""
    client = one_host.app.test_client()
    response = client.get(f"http://evil.example{path}")
    assert response.location == f"https://shop.example{path}"


def test_redirect_to_the_host_comes_before_the_404_and_the_view():
    """An unknown URL is redirected as well."""
    client = one_host.app.test_client()
    assert client.get("http://shop.example/nothing").status_code == 308
    assert client.get("https://shop.example/nothing").status_code == 404


def test_308_keeps_the_method_and_301_turns_a_post_into_a_get(app):
    """The test client follows them like a browser."""
    app.add_url_rule("/new", "new", lambda: request.method, methods=["GET", "POST"])
    app.post("/<int:code>")(lambda code: redirect("/new", code))
    client = app.test_client()
    followed = [client.post(f"/{code}", follow_redirects=True) for code in (301, 308)]
    assert [response.text for response in followed] == ["GET", "POST"]


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("https://shop.example/", "Following external redirects is not supported."),
        ("http://127.0.0.1/", "Following external redirects is not supported."),
        ("http://www.localhost/", "Following subdomain redirects is not enabled."),
        ("https://localhost/", None),
    ],
)
def test_test_client_follows_no_redirect_of_a_hook_to_another_host(app, to, told):
    """A RuntimeError; a request to that host itself is not redirected."""

    @app.before_request
    def redirect_to_address():
        return None if request.url == to else redirect(to, 308)

    app.add_url_rule("/", "index", lambda: "Tea")
    client = app.test_client()
    if told:
        with pytest.raises(RuntimeError, match=f"^{told}$"):
            client.get("/", follow_redirects=True)
    else:
        assert client.get("/", follow_redirects=True).text == "Tea"
    assert client.get("/").location == to
    assert client.get("/", base_url=to).text == "Tea"


def test_redirect_to_https_never_ends_behind_a_proxy_that_speaks_http(monkeypatch):
    """The proxy's own connection is plain HTTP; ProxyFix reads its header."""
    forwarded = {"X-Forwarded-Proto": "https"}

    def ask():
        client = one_host.app.test_client()
        return client.get("http://shop.example/orders", headers=forwarded).status_code

    assert ask() == 308
    fixed = ProxyFix(one_host.app.wsgi_app, x_proto=1)
    monkeypatch.setattr(one_host.app, "wsgi_app", fixed)
    assert ask() == 200


@pytest.mark.parametrize(
    "header",
    [
        None,
        "Basic",
        "Basic nonsense",
        "Basic c2hvcDo=",
        "Bearer change me",
        "Digest a=b",
    ],
)
def test_page_needs_the_password_whatever_else_the_client_sends(header):
    """The 401 names the scheme, which makes browsers ask for a password."""
    headers = {"Authorization": header} if header else {}
    response = password.app.test_client().get("/", headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Basic realm="Shop"'


def test_password_is_asked_for_static_files_and_unknown_urls_too():
    """before_request functions run for them as well."""
    client = password.app.test_client()
    for path in "/static/logo.svg", "/nothing":
        assert client.get(path).status_code == 401
        assert client.get(path, auth=("shop", "change me")).status_code == 404


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer wrong", "change-me", "Bearer é"]
)
def test_request_to_the_api_needs_the_key(header):
    """Comparing bytes works for each header that a server passes on."""
    client = api_key.app.test_client()
    headers = {"Authorization": header.encode().decode("latin-1")}
    response = client.get("/api/orders", headers=headers)
    assert (response.status_code, response.is_json) == (401, True)


def test_preflight_of_the_api_needs_no_key():
    """A browser sends none with it."""
    assert api_key.app.test_client().options("/api/orders").status_code == 200


def test_blueprint_hook_that_checks_a_key_does_not_see_unknown_urls(app):
    """Below the prefix of the blueprint they stay a 404."""
    api = Blueprint("api", __name__, url_prefix="/api")
    api.before_request(lambda: ("Key, please", 401))
    api.add_url_rule("/orders", "list_orders", lambda: "Orders")
    app.register_blueprint(api)
    client = app.test_client()
    statuses = [
        client.get(f"/api/{name}").status_code for name in ("orders", "nothing")
    ]
    assert statuses == [401, 404]
