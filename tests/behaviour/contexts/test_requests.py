"""What a request context makes of URL, host and body."""

import pytest
from flask import Flask, request, url_for
from werkzeug.routing import BaseConverter

from tests.behaviour.versions import FLASK


def test_request_context_shows_its_request(app):
    """URL, method and app, in all versions."""
    with app.test_request_context("/tea?cup=2", method="POST") as context:
        shown = repr(context)
    assert "http://localhost/tea?cup=2" in shown
    assert "POST" in shown
    if FLASK < (3, 2):
        assert shown == (
            f"<RequestContext 'http://localhost/tea?cup=2' [POST] of {app.name}>"
        )


def test_url_for_in_an_app_context_needs_a_server_name(app):
    """Without a request, Flask doesn't know the host."""
    app.add_url_rule("/tea", "tea", lambda: "")
    message = (
        r"^Unable to build URLs outside an active request without 'SERVER_NAME'"
        r" configured\. Also configure 'APPLICATION_ROOT' and"
        r" 'PREFERRED_URL_SCHEME' as needed\.$"
    )
    with app.app_context(), pytest.raises(RuntimeError, match=message):
        url_for("tea")
    with pytest.raises(RuntimeError, match=message):
        app.url_for("tea")


def test_settings_make_urls_in_an_app_context(app):
    """SERVER_NAME, APPLICATION_ROOT and PREFERRED_URL_SCHEME."""
    app.add_url_rule("/tea", "tea", lambda: "")
    app.config.update(
        SERVER_NAME="tea.example",
        APPLICATION_ROOT="/shop",
        PREFERRED_URL_SCHEME="https",
    )
    with app.app_context():
        assert url_for("tea") == "https://tea.example/shop/tea"
        assert url_for("tea", _external=False) == "/shop/tea"
        assert url_for("tea", _scheme="http") == "http://tea.example/shop/tea"


def test_url_for_in_a_request_uses_its_host(app):
    """Relative unless asked."""
    app.add_url_rule("/tea", "tea", lambda: "")
    with app.test_request_context(base_url="https://pot.example/shop"):
        assert url_for("tea") == "/shop/tea"
        assert url_for("tea", _external=True) == "https://pot.example/shop/tea"


def test_request_context_matches_its_url(app):
    """endpoint and view_args are known before any function runs."""
    app.add_url_rule("/<cup>", "tea", lambda cup: "", methods=["GET", "PUT"])
    with app.test_request_context("/green", method="PUT"):
        assert (request.endpoint, request.view_args) == ("tea", {"cup": "green"})
        assert request.url_rule.rule == "/<cup>"
        assert request.routing_exception is None
    with app.test_request_context("/a/b"):
        assert (request.endpoint, request.view_args) == (None, None)
        assert request.routing_exception.code == 404


def test_request_parses_json_as_the_app_does(app):
    """request.json uses the app's JSON provider."""

    class Upper(type(app.json)):
        def loads(self, text, **options):
            return super().loads(text.upper(), **options)

    app.json = Upper(app)
    with app.test_request_context(json="tea"):
        assert request.json == "TEA"


def test_request_parses_json_as_its_own_app_does(app, other):
    """Even if another app is current at that moment."""

    class Upper(type(app.json)):
        def loads(self, text, **options):
            return super().loads(text.upper(), **options)

    app.json = Upper(app)
    with app.test_request_context(json="tea") as context, other.app_context():
        assert context.request.json == "TEA"


def test_context_that_cannot_be_made_gives_no_page(app, steps):
    """Before there is a context, the server gets the exception."""

    class Broken(type(app)):
        def create_url_adapter(self, request):
            raise LookupError("no such host")

    app.__class__ = Broken
    app.register_error_handler(Exception, steps.append)
    app.teardown_request(steps.append)
    with pytest.raises(LookupError, match="no such host"):
        app.test_client().get("/")
    assert steps == []


def test_crash_of_a_url_converter_is_a_500_without_handlers(app, steps):
    """It happens before the request begins: no handler of its class is called."""

    class Cup(BaseConverter):
        def to_python(self, value):
            raise LookupError(value)

    app.url_map.converters["cup"] = Cup
    app.add_url_rule("/<cup:cup>", view_func=lambda cup: cup)
    app.before_request(lambda: steps.append("before_request"))
    app.register_error_handler(LookupError, lambda error: "Handled")
    app.register_error_handler(500, lambda error: repr(error.original_exception))
    assert app.test_client().get("/green").text == "LookupError('green')"
    assert steps == []


def test_request_class_of_the_app_is_used(app):
    """Each request is an instance of it, made from the WSGI environment."""

    class Order(app.request_class):
        @property
        def cups(self):
            return self.args.get("cups", type=int)

    app.request_class = Order
    app.add_url_rule("/", view_func=lambda: [request.cups])
    assert app.test_client().get("/?cups=3").json == [3]


def test_server_name_does_not_limit_the_hosts_since_3_1(app):
    """Before, no rule matched a request to a host other than SERVER_NAME."""
    app.config["SERVER_NAME"] = "tea.example"
    app.add_url_rule("/", view_func=lambda: "Here")
    client = app.test_client()
    assert client.get("/", base_url="http://tea.example").status_code == 200
    response = client.get("/", base_url="http://shop.tea.example")
    assert response.status_code == (200 if FLASK >= (3, 1) else 404)


def test_subdomain_matching_tells_hosts_apart():
    """With subdomain_matching and SERVER_NAME a rule may belong to a subdomain."""
    app = Flask("shop", subdomain_matching=True)
    app.config["SERVER_NAME"] = "tea.example"
    app.add_url_rule("/", "main", lambda: "main")
    app.add_url_rule("/", "shop", lambda: "shop", subdomain="shop")
    client = app.test_client()
    assert client.get("/", base_url="http://tea.example").text == "main"
    assert client.get("/", base_url="http://shop.tea.example").text == "shop"


def test_host_matching_tells_hosts_apart():
    """A rule belongs to a host there; since 3.1 whatever SERVER_NAME is."""
    app = Flask("shop", host_matching=True, static_host="static.example")
    if FLASK >= (3, 1):
        app.config["SERVER_NAME"] = "tea.example"
    app.add_url_rule("/", "tea", lambda: "tea", host="pot.example")
    client = app.test_client()
    assert client.get("/", base_url="http://pot.example").text == "tea"
    assert client.get("/", base_url="http://tea.example").status_code == 404


def test_default_subdomain_holds_for_rules_without_one(app):
    """url_map.default_subdomain is where a request without matching goes."""
    app.url_map.default_subdomain = "www"
    app.add_url_rule("/", view_func=lambda: "www")
    assert app.test_client().get("/").text == "www"


def test_untrusted_host_is_a_400_since_flask_3_1(app):
    """TRUSTED_HOSTS: the hooks run, the view does not."""
    app.config["TRUSTED_HOSTS"] = ["tea.example"]
    app.add_url_rule("/", view_func=lambda: "Tea")
    app.after_request(lambda r: r.headers.add("X-Hook", "ran") or r)
    client = app.test_client()
    response = client.get("/", base_url="http://pot.example")
    assert response.status_code == (400 if FLASK >= (3, 1) else 200)
    assert response.headers["X-Hook"] == "ran"
    assert client.get("/", base_url="http://tea.example").text == "Tea"


def test_trusted_hosts_of_a_request_class_are_checked_first_since_3_1(app):
    """Before, only views that read the host get the error."""

    class Order(app.request_class):
        trusted_hosts = ["tea.example"]

    app.request_class = Order
    app.add_url_rule("/", "tea", lambda: "Tea")
    app.add_url_rule("/host", "host", lambda: request.host)
    client = app.test_client()
    answer = client.get("/", base_url="http://pot.example")
    assert answer.status_code == (400 if FLASK >= (3, 1) else 200)
    assert client.get("/host", base_url="http://pot.example").status_code == 400
    assert client.get("/host", base_url="http://tea.example").text == "tea.example"
