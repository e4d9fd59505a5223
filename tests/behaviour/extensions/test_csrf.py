"""Flask-WTF: its error, and what is exempt from the check."""

import pytest
from flask import Blueprint, abort, request, stream_template_string
from werkzeug.middleware.proxy_fix import ProxyFix

from .entries import ENTRIES

pytestmark = pytest.mark.extensions


@pytest.fixture
def protect(app):
    """Return a function that protects the app's one view."""

    def protect(**settings):
        from flask_wtf import CSRFProtect

        app.secret_key = "only for tests"
        app.config.update(settings)
        view = {"view_func": lambda: "saved", "methods": ["GET", "POST"]}
        app.add_url_rule("/", "index", **view)
        return CSRFProtect(app)

    return protect


@pytest.mark.parametrize("own", [False, True])
def test_handler_of_csrf_error_goes_before_one_of_400(app, protect, own):
    """It gets the reason, and no other bad request; a handler of 400 gets both."""
    from flask_wtf.csrf import CSRFError

    protect()
    app.register_error_handler(400, lambda error: (type(error).__name__, 400))
    if own:
        app.register_error_handler(CSRFError, lambda error: (error.description, 400))
    app.add_url_rule("/bad", "bad", lambda: abort(400))
    client = app.test_client()
    response = client.post("/")
    text = "The CSRF token is missing." if own else "CSRFError"
    assert (response.status_code, response.text) == (400, text)
    assert client.get("/bad").text == "BadRequest"


def test_exempt_blueprint_exempts_its_own_views_and_not_those_of_a_nested_one(
    app, protect
):
    """Each nested blueprint has to be exempt, too."""
    api, orders = Blueprint("api", __name__), Blueprint("orders", __name__)
    csrf = protect()
    view = {"view_func": lambda: "saved", "methods": ["POST"]}
    api.add_url_rule("/hook", "hook", **view)
    orders.add_url_rule("/", "add", **view)
    api.register_blueprint(orders, url_prefix="/orders")
    csrf.exempt(api)
    app.register_blueprint(api, url_prefix="/api")
    client = app.test_client()
    paths = ["/api/hook", "/api/orders/", "/"]
    assert [client.post(path).status_code for path in paths] == [200, 400, 400]
    csrf.exempt(orders)
    assert [client.post(path).status_code for path in paths] == [200, 200, 400]


def test_exempt_below_the_route_exempts_one_view(app, protect):
    """csrf.exempt knows the view by the name of its module and its own."""
    csrf = protect()

    @app.post("/hook")
    @csrf.exempt
    def hook():
        return "received"

    client = app.test_client()
    assert client.post("/hook").text == "received"
    assert client.post("/").status_code == 400


@pytest.mark.parametrize(
    ("options", "statuses"),
    [({}, [400, 400, 200]), ({"apply_exemptions": True}, [400, 404, 200])],
)
def test_check_of_your_own_before_request_function_asks_for_the_tokens_it_wants(
    app, protect, options, statuses
):
    """With WTF_CSRF_CHECK_DEFAULT off; unknown URLs are checked unless told."""
    csrf = protect(WTF_CSRF_CHECK_DEFAULT=False)

    @app.before_request
    def check():
        if "Authorization" not in request.headers:
            csrf.protect(**options)

    client = app.test_client()
    found = [client.post("/").status_code, client.post("/nothing").status_code]
    found.append(client.post("/", headers={"Authorization": "Bearer x"}).status_code)
    assert found == statuses
    assert client.get("/").text == "saved"


def test_check_default_off_without_a_check_of_your_own_lets_everything_in(app, protect):
    """Only forms of Flask-WTF still check their token."""
    protect(WTF_CSRF_CHECK_DEFAULT=False)
    assert app.test_client().post("/").text == "saved"


def test_csrf_enabled_off_is_the_setting_for_tests(app, protect):
    """It turns off the check of all requests."""
    protect(WTF_CSRF_ENABLED=False)
    assert app.test_client().post("/").text == "saved"


@pytest.fixture
def post(app, protect):
    """Return a function that gets a token, and posts it with a referrer."""
    from flask_wtf.csrf import CSRFError, generate_csrf

    protect()
    app.register_error_handler(CSRFError, lambda error: (error.description, 400))
    app.add_url_rule("/token", "token", lambda: generate_csrf())

    def post(base="https://shop.example", **headers):
        client = app.test_client()
        token = client.get("/token", base_url=base, headers=headers).text
        sent = headers | {"X-CSRFToken": token}
        return client.post("/", base_url=base, headers=sent).text

    return post


NOT_THE_HOST = "The referrer does not match the host."


@pytest.mark.parametrize(
    ("scheme", "strict", "referrer", "text"),
    [
        ("http", True, None, "saved"),
        ("https", True, None, "The referrer header is missing."),
        ("https", True, "https://shop.example/cart", "saved"),
        ("https", True, "https://evil.example/", NOT_THE_HOST),
        ("https", True, "http://shop.example/", NOT_THE_HOST),
        ("https", False, None, "saved"),
        ("https", False, "https://evil.example/", "saved"),
    ],
)
def test_over_https_the_csrf_check_also_compares_the_referrer(
    app, post, scheme, strict, referrer, text
):
    """With the host of the request; WTF_CSRF_SSL_STRICT = False turns that off."""
    assert app.config["WTF_CSRF_SSL_STRICT"] is True
    app.config["WTF_CSRF_SSL_STRICT"] = strict
    headers = {"Referer": referrer} if referrer else {}
    assert post(f"{scheme}://shop.example", **headers) == text
    missing = ENTRIES["referrer-missing"]
    assert (text == missing) == (strict and scheme == "https" and not referrer)


@pytest.mark.parametrize("host", [0, 1])
def test_referrer_is_compared_with_the_host_that_the_proxy_passes_on(app, post, host):
    """With another host the check fails, unless ProxyFix reads the real one."""
    app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1, x_host=host)
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "shop.example"}
    text = post(
        "http://127.0.0.1:8000", Referer="https://shop.example/cart", **forwarded
    )
    assert text == ("saved" if host else NOT_THE_HOST)


@pytest.mark.parametrize("first", [True, False])
def test_token_made_in_a_streamed_template_is_not_in_the_session(app, protect, first):
    """The cookie was sent before it; made in the view, it's there."""
    from flask_wtf.csrf import CSRFError, generate_csrf

    protect()
    app.register_error_handler(CSRFError, lambda error: (error.description, 400))

    @app.get("/form")
    def show_form():
        if first:
            generate_csrf()
        return stream_template_string("{{ csrf_token() }}")

    client = app.test_client()
    token = client.get("/form").text
    text = client.post("/", data={"csrf_token": token}).text
    assert text == ("saved" if first else ENTRIES["csrf-session-token-missing"])
