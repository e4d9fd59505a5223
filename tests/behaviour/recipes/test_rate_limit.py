"""What the recipe for a rate limit says of its counts."""

import pytest
from werkzeug.middleware.proxy_fix import ProxyFix

from snippets.recipes import rate_limit


@pytest.fixture
def clock(monkeypatch):
    """Set the seconds that have passed; begin with no counts."""
    monkeypatch.setattr(rate_limit, "limit", rate_limit.RateLimit(3, 60))

    def clock(seconds):
        monkeypatch.setattr(rate_limit.time, "monotonic", lambda: 1000 + seconds)

    clock(0)
    return clock


def ask(path="/", address="192.0.2.1", method="GET", **headers):
    environ = {"REMOTE_ADDR": address}
    client = rate_limit.app.test_client()
    return client.open(
        path, method=method, environ_overrides=environ, headers=headers
    ).status_code


def test_address_over_the_limit_gets_a_429_that_says_when_to_ask_again(clock):
    """And reaches no view; others get their page, and so does it in a minute."""
    assert [ask() for _ in range(4)] == [200, 200, 200, 429]
    assert ask(address="192.0.2.2") == 200
    clock(25.5)
    client = rate_limit.app.test_client()
    environ = {"REMOTE_ADDR": "192.0.2.1"}
    response = client.get("/", environ_overrides=environ)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "35")
    clock(60)
    assert ask() == 200


def test_unknown_urls_count_and_files_and_preflights_do_not(clock):
    """A client that tries addresses out is stopped, too."""
    for _ in range(5):
        assert ask("/static/shop.css") == 404
        assert ask(method="OPTIONS") == 200
    assert [ask("/nothing") for _ in range(4)] == [404, 404, 404, 429]
    assert ask(method="POST") == 429


def test_entries_of_earlier_minutes_are_forgotten(clock):
    """So the dict holds one minute of addresses at most."""
    for number in range(5):
        ask(address=f"192.0.2.{number}")
    assert len(rate_limit.limit.counts) == 5
    clock(61)
    ask()
    assert rate_limit.limit.counts == {"192.0.2.1": 1}


def test_twice_the_limit_gets_through_around_the_end_of_a_minute(clock):
    """Each minute counts from zero."""
    ask(address="192.0.2.9")
    clock(59)
    statuses = [ask() for _ in range(3)]
    clock(60)
    assert statuses + [ask() for _ in range(4)] == [200] * 6 + [429]


def test_visitors_behind_a_proxy_share_one_limit_without_proxy_fix(clock, monkeypatch):
    """The address is the proxy's, until ProxyFix reads the header."""
    visitors = [{"X-Forwarded-For": f"203.0.113.{number}"} for number in range(4)]
    assert [ask(**one) for one in visitors] == [200, 200, 200, 429]
    monkeypatch.setattr(
        rate_limit.app, "wsgi_app", ProxyFix(rate_limit.app.wsgi_app, x_for=1)
    )
    assert [ask(**one) for one in visitors] == [200] * 4
