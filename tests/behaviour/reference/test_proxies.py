"""What hooks see of the client behind a proxy."""

import pytest
from flask import Flask, request, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

SENT = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}


@pytest.fixture
def shop(app, steps):
    """An app whose before_request function notes what it sees of the client."""

    @app.before_request
    def note():
        steps.append(
            (request.remote_addr, request.scheme, url_for("index", _external=True))
        )

    app.add_url_rule("/", "index", lambda: "Shop")
    return app


def test_hook_behind_a_proxy_sees_the_proxy(shop, steps):
    """Flask doesn't read the X-Forwarded headers."""
    shop.test_client().get("/", headers=SENT)
    assert steps == [("127.0.0.1", "http", "http://localhost/")]


def test_hook_behind_proxy_fix_sees_the_client(shop, steps):
    """It changes the WSGI environment before Flask makes the request."""
    shop.wsgi_app = ProxyFix(shop.wsgi_app, x_for=1, x_proto=1)
    shop.test_client().get("/", headers=SENT)
    assert steps == [("203.0.113.7", "https", "https://localhost/")]


def test_proxy_fix_without_a_proxy_believes_the_client(shop, steps):
    """Anyone may then send the header."""
    shop.wsgi_app = ProxyFix(shop.wsgi_app)
    shop.test_client().get("/", headers={"X-Forwarded-For": "198.51.100.1"})
    assert steps[0][0] == "198.51.100.1"


def test_proxy_fix_takes_the_value_of_the_proxy_and_not_of_the_client(shop, steps):
    """With one proxy it is the last value: earlier ones came with the request."""
    shop.wsgi_app = ProxyFix(shop.wsgi_app, x_for=1)
    forged = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}
    shop.test_client().get("/", headers=forged)
    assert steps[0][0] == "203.0.113.7"


ALL_SENT = SENT | {
    "X-Forwarded-Host": "shop.example",
    "X-Forwarded-Port": "8443",
    "X-Forwarded-Prefix": "/corner",
}
PLAIN = ("127.0.0.1", "http", "localhost", "", "http://localhost/")


@pytest.mark.parametrize(
    ("count", "changed"),
    [
        ("x_for", {0: "203.0.113.7"}),
        ("x_proto", {1: "https", 4: "https://localhost/"}),
        ("x_host", {2: "shop.example", 4: "http://shop.example/"}),
        ("x_port", {2: "localhost:8443", 4: "http://localhost:8443/"}),
        ("x_prefix", {3: "/corner", 4: "http://localhost/corner/"}),
    ],
)
def test_each_count_of_proxy_fix_takes_one_header(app, steps, count, changed):
    """x_for, x_proto, x_host, x_port and x_prefix: what each changes, and no more."""

    @app.before_request
    def note():
        address = url_for("index", _external=True)
        steps.extend(
            [request.remote_addr, request.scheme, request.host, request.script_root]
        )
        steps.append(address)

    app.add_url_rule("/", "index", lambda: "Shop")
    none = dict.fromkeys(["x_for", "x_proto", "x_host", "x_port", "x_prefix"], 0)
    app.wsgi_app = ProxyFix(app.wsgi_app, **none | {count: 1})
    assert app.test_client().get("/", headers=ALL_SENT).text == "Shop"
    assert steps == [changed.get(place, value) for place, value in enumerate(PLAIN)]


def test_proxy_fix_takes_address_and_scheme_unless_told(shop, steps):
    """x_for and x_proto are 1, the others 0."""
    shop.wsgi_app = ProxyFix(shop.wsgi_app)
    shop.test_client().get("/", headers=ALL_SENT)
    assert steps == [("203.0.113.7", "https", "https://localhost/")]


def test_proxy_fix_around_the_app_is_no_flask_app(app):
    """It is a WSGI application: it has no route and no before_request."""
    wrapped = ProxyFix(app)
    for name in "route", "before_request", "test_client", "run":
        with pytest.raises(AttributeError, match=f"no attribute '{name}'"):
            getattr(wrapped, name)
        assert hasattr(app, name)


@pytest.mark.parametrize(
    ("count", "address"),
    [(1, "203.0.113.7"), (2, "198.51.100.1"), (3, "127.0.0.1")],
)
def test_count_above_the_number_of_proxies_takes_what_the_client_wrote(
    shop, steps, count, address
):
    """Here one proxy has added the last value; with too few values none is taken."""
    shop.wsgi_app = ProxyFix(shop.wsgi_app, x_for=count)
    forged = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}
    shop.test_client().get("/", headers=forged)
    assert steps[0][0] == address


def test_host_that_no_proxy_sets_is_that_of_the_client_with_x_host(shop, steps):
    """External URLs then lead wherever the client wants."""
    shop.wsgi_app = ProxyFix(shop.wsgi_app, x_host=1)
    shop.test_client().get("/", headers={"X-Forwarded-Host": "evil.example"})
    assert steps[0][2] == "http://evil.example/"


@pytest.mark.parametrize("count", ["x_for", "x_proto"])
def test_proxy_fix_takes_no_value_if_its_count_is_above_that_of_the_values(
    shop, steps, count
):
    """One value in the header and a count of two: the header isn't read."""
    one = {"x_for": 1, "x_proto": 1}
    for counts in one, one | {count: 2}:
        shop.wsgi_app = ProxyFix(Flask.wsgi_app.__get__(shop), **counts)
        shop.test_client().get("/", headers=SENT)
    (fixed, broken) = steps
    assert fixed == ("203.0.113.7", "https", "https://localhost/")
    place, value = {"x_for": (0, "127.0.0.1"), "x_proto": (1, "http")}[count]
    assert broken[place] == value
