"""What waitress and gunicorn do with a proxy's headers, with and without ProxyFix."""

import pytest

from .serving import APP

pytestmark = pytest.mark.extensions

FIXED = "tests.extensions.apps.served:behind_a_proxy"
SENT = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
TRUSTED = (
    "--trusted-proxy=127.0.0.1",
    "--trusted-proxy-headers=x-forwarded-for x-forwarded-proto",
    "--trusted-proxy-count=1",
)
PROXY, CLIENT = b"127.0.0.1 http", b"203.0.113.7 https"


def seen(serve, server, *options, app):
    """Return what a view sees of a client whose request came through a proxy."""
    with serve(server, *options, app=app) as served:
        return served.get("/client", headers=SENT)


def test_waitress_hides_the_headers_of_a_proxy_from_proxy_fix(serve):
    """It removes those of a proxy that it wasn't told to trust."""
    assert seen(serve, "waitress", app=FIXED) == PROXY


def test_waitress_that_clears_no_headers_leaves_them_to_proxy_fix(serve):
    """And only ProxyFix reads them."""
    option = "--no-clear-untrusted-proxy-headers"
    assert seen(serve, "waitress", option, app=FIXED) == CLIENT
    assert seen(serve, "waitress", option, app=APP) == PROXY


@pytest.mark.parametrize("app", [APP, FIXED])
def test_waitress_that_trusts_the_proxy_reads_its_headers(serve, app):
    """Without ProxyFix, too."""
    assert seen(serve, "waitress", *TRUSTED, app=app) == CLIENT


def test_gunicorn_leaves_the_headers_of_a_proxy_to_proxy_fix(serve):
    """Whether it trusts the proxy or not."""
    assert seen(serve, "gunicorn", app=FIXED) == CLIENT
    other = "--forwarded-allow-ips=10.0.0.1"
    assert seen(serve, "gunicorn", other, app=FIXED) == CLIENT


@pytest.mark.parametrize(
    ("options", "scheme"),
    [
        ([], b"https"),
        (["--forwarded-allow-ips=127.0.0.1"], b"https"),
        (["--forwarded-allow-ips=10.0.0.1"], b"http"),
    ],
)
def test_gunicorn_takes_the_scheme_from_a_proxy_that_it_trusts(serve, options, scheme):
    """By default one at 127.0.0.1; the address stays that of the proxy."""
    assert seen(serve, "gunicorn", *options, app=APP) == b"127.0.0.1 " + scheme
