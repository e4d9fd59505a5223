"""Redirects of the routing: to a slash, and to the shorter of two addresses."""

import pytest
from flask import request, url_for


@pytest.mark.parametrize(("rule", "path"), [("/shop/", "/shop"), ("/shop", "/shop/")])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize("place", ["route", "app", None])
def test_strict_slashes_off_gives_both_addresses_the_page(
    app, steps, rule, path, method, place
):
    """For a route or all later ones; no redirect, so each hook runs once."""
    app.before_request(lambda: steps.append(request.endpoint))
    options = {"strict_slashes": False} if place == "route" else {}
    if place == "app":
        app.url_map.strict_slashes = False
    methods = ["GET", "POST"]
    app.add_url_rule(rule, "shop", lambda: "Shop", methods=methods, **options)
    client = app.test_client()
    assert client.open(rule, method=method).status_code == 200
    response = client.open(path, method=method)
    if place:
        assert (response.status_code, steps) == (200, ["shop", "shop"])
    else:
        assert response.status_code == (308 if rule == "/shop/" else 404)
        assert steps == ["shop", None]


def test_strict_slashes_of_the_app_is_read_when_a_route_is_added(app):
    """Routes that were added before keep their redirect."""
    app.add_url_rule("/early/", "early", lambda: "Early")
    app.url_map.strict_slashes = False
    app.add_url_rule("/late/", "late", lambda: "Late")
    client = app.test_client()
    statuses = [client.get(path).status_code for path in ("/early", "/late")]
    assert statuses == [308, 200]


@pytest.mark.parametrize("redirects", [True, False])
def test_address_with_a_default_value_redirects_to_the_one_without(
    app, steps, redirects
):
    """A 308 of the routing: hooks find no endpoint. redirect_defaults turns it off."""
    if not redirects:
        app.url_map.redirect_defaults = False
    app.before_request(lambda: steps.append(request.endpoint))

    @app.route("/", defaults={"language": "en"})
    @app.route("/<language>/")
    def index(language):
        english = url_for("index", language="en")
        return f"{language} {english} {url_for('index', language='de')}"

    client = app.test_client()
    assert client.get("/").text == "en / /de/"
    assert client.get("/de/").text == "de / /de/"
    steps.clear()
    response = client.get("/en/")
    if redirects:
        assert (response.status_code, response.location) == (308, "http://localhost/")
        assert steps == [None]
    else:
        assert (response.text, steps) == ("en / /de/", ["index"])
