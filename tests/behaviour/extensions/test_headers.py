"""Extensions that change responses: Flask-Compress, Flask-Talisman and Flask-CORS."""

import pytest
from flask import Blueprint, abort, request

pytestmark = pytest.mark.extensions

SHOP = "https://shop.example"
ALLOWED = "Access-Control-Allow-Origin"


def compress(app):
    from flask_compress import Compress

    return Compress(app)


def talisman(app, **options):
    from flask_talisman import Talisman

    return Talisman(app, **{"force_https": False} | options)


def cors(app):
    from flask_cors import CORS

    return CORS(app, origins=SHOP)


def register(app, extend, own, order):
    """Extend the app, and register its own after_request function, in this order."""
    if order == "extension first":
        extend(app)
    app.after_request(own)
    if order == "own first":
        extend(app)


@pytest.mark.parametrize(
    ("order", "encoding"), [("own first", "gzip"), ("extension first", None)]
)
def test_after_request_function_registered_before_compress_sees_compressed_bytes(
    app, steps, order, encoding
):
    """A function registered after Compress(app) runs earlier: the body is plain."""

    def note(response):
        steps.append(response.headers.get("Content-Encoding"))
        steps.append(response.get_data() == PAGE)
        return response

    register(app, compress, note, order)
    app.add_url_rule("/", "page", lambda: PAGE)
    response = app.test_client().get("/", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert steps == [encoding, encoding is None]


@pytest.mark.parametrize(
    ("order", "marked"), [("own first", False), ("extension first", True)]
)
def test_etag_of_a_hook_makes_a_304_beside_flask_compress_in_either_order(
    app, order, marked
):
    """A function registered after Compress(app) has the plain body; gzip is added."""

    def add_etag(response):
        response.add_etag()
        return response.make_conditional(request)

    register(app, compress, add_etag, order)
    app.add_url_rule("/", "page", lambda: PAGE)
    client = app.test_client()
    first = client.get("/", headers={"Accept-Encoding": "gzip"})
    etag = first.headers["ETag"]
    assert first.headers["Content-Encoding"] == "gzip"
    assert etag.endswith(':gzip"') is marked
    again = {"Accept-Encoding": "gzip", "If-None-Match": etag}
    assert client.get("/", headers=again).status_code == 304


PAGE = b"green tea " * 1000


@pytest.mark.parametrize(
    ("order", "sent"), [("own first", "DENY"), ("extension first", "SAMEORIGIN")]
)
def test_header_of_talisman_and_of_a_hook_the_one_registered_first_is_sent(
    app, order, sent
):
    """Both set it, and the one that was registered first runs last."""

    def own(response):
        response.headers["X-Frame-Options"] = "DENY"
        return response

    register(app, talisman, own, order)
    client = app.test_client()
    assert client.get("/nothing").headers["X-Frame-Options"] == sent


def test_talisman_makes_a_nonce_for_each_request_in_a_before_request_function(
    app, steps
):
    """request.csp_nonce is there for functions that are registered after Talisman."""
    app.before_request(lambda: steps.append(hasattr(request, "csp_nonce")))
    policy = {"script-src": "'self'"}
    talisman(
        app,
        content_security_policy=policy,
        content_security_policy_nonce_in=["script-src"],
    )
    app.before_request(lambda: steps.append(hasattr(request, "csp_nonce")))
    app.add_url_rule("/", "page", lambda: request.csp_nonce)
    client = app.test_client()
    first, second = client.get("/"), client.get("/")
    assert steps == [False, True] * 2
    assert first.text != second.text
    assert f"'nonce-{first.text}'" in first.headers["Content-Security-Policy"]


def test_https_redirect_of_talisman_skips_later_before_request_functions(app, steps):
    """Those before it and the after_request functions run; none in debug mode."""
    app.before_request(lambda: steps.append("first"))
    talisman(app, force_https=True)
    app.before_request(lambda: steps.append("second"))

    @app.after_request
    def note(response):
        steps.append(response.status_code)
        return response

    app.add_url_rule("/", "page", lambda: "page")
    client = app.test_client()
    response = client.get("/")
    assert response.location == "https://localhost/"
    assert steps == ["first", 302]
    steps.clear()
    app.debug = True
    assert client.get("/").status_code == 200
    assert steps == ["first", "second", 200]


@pytest.mark.parametrize("path", ["/page", "/nothing", "/denied", "/crash"])
def test_flask_cors_adds_its_headers_to_errors_too(app, path):
    """To a 404, a 401 from a before_request function, and a 500 in production."""

    @app.before_request
    def deny():
        if request.path == "/denied":
            abort(401)

    cors(app)
    app.add_url_rule("/page", "page", lambda: "page")
    app.add_url_rule("/crash", "crash", lambda: 1 / 0)
    response = app.test_client().get(path, headers={"Origin": SHOP})
    assert response.headers[ALLOWED] == SHOP


def test_preflight_meets_a_before_request_function_before_flask_cors(app):
    """Flask-CORS adds headers to what it returned: a 401, which a browser refuses."""
    app.before_request(lambda: abort(401))
    cors(app)
    app.add_url_rule("/", "page", lambda: "page")
    headers = {"Origin": SHOP, "Access-Control-Request-Method": "GET"}
    response = app.test_client().options("/", headers=headers)
    assert (response.status_code, response.headers[ALLOWED]) == (401, SHOP)


@pytest.mark.parametrize(
    ("order", "path", "times"),
    [
        ("own first", "/", 2),
        ("extension first", "/", 1),
        ("own first", "/nothing", 2),
        ("extension first", "/nothing", 2),
    ],
)
def test_own_cors_header_beside_flask_cors_may_be_there_twice(app, order, path, times):
    """Flask-CORS leaves alone what is set before it, but it handles errors first."""

    def own(response):
        response.headers.add(ALLOWED, SHOP)
        return response

    register(app, cors, own, order)
    app.add_url_rule("/", "page", lambda: "page")
    response = app.test_client().get(path, headers={"Origin": SHOP})
    assert response.headers.getlist(ALLOWED) == [SHOP] * times


@pytest.mark.parametrize(
    ("order", "seen"), [("own first", SHOP), ("extension first", None)]
)
def test_after_request_function_registered_before_cors_sees_its_headers(
    app, steps, order, seen
):
    """A function registered after CORS(app) runs before they are set."""

    def note(response):
        steps.append(response.headers.get(ALLOWED))
        return response

    register(app, cors, note, order)
    app.add_url_rule("/", "page", lambda: "page")
    response = app.test_client().get("/", headers={"Origin": SHOP})
    assert response.headers[ALLOWED] == SHOP
    assert steps == [seen]


@pytest.fixture
def parts(app):
    """An app with @cross_origin on a view, and CORS on a blueprint."""
    from flask_cors import CORS, cross_origin

    def show():
        if "crash" in request.args:
            return 1 / 0
        return abort(404) if "missing" in request.args else "tea"

    @app.before_request
    def check():
        if "denied" in request.args:
            abort(401)

    app.register_error_handler(404, lambda error: ("no tea", 404))
    app.add_url_rule("/order", "order", cross_origin(origins=SHOP)(show))
    api = Blueprint("api", __name__, url_prefix="/api")
    CORS(api, origins=SHOP)
    api.add_url_rule("/order", "order", show)
    app.register_blueprint(api)
    return app


@pytest.mark.parametrize(
    ("path", "status", "origin"),
    [
        ("/order", 200, SHOP),
        ("/order?missing=1", 404, None),
        ("/order?crash=1", 500, None),
        ("/order?denied=1", 401, None),
    ],
)
def test_cross_origin_adds_headers_to_what_its_view_returns_and_to_no_error(
    parts, path, status, origin
):
    """It wraps the view: an error handler or an early response is outside of it."""
    response = parts.test_client().get(path, headers={"Origin": SHOP})
    assert (response.status_code, response.headers.get(ALLOWED)) == (status, origin)


@pytest.mark.parametrize(
    ("method", "path", "status", "origin"),
    [
        ("GET", "/api/order", 200, SHOP),
        ("GET", "/api/order?missing=1", 404, SHOP),
        ("GET", "/api/order?crash=1", 500, SHOP),
        ("GET", "/api/order?denied=1", 401, SHOP),
        ("OPTIONS", "/api/order", 200, SHOP),
        ("GET", "/api/nothing", 404, None),
        ("POST", "/api/order", 405, None),
    ],
)
def test_cors_of_a_blueprint_covers_errors_of_its_views_and_no_unknown_url(
    parts, method, path, status, origin
):
    """It's an after_request function of the blueprint; no 404 or 405 of the routing."""
    response = parts.test_client().open(path, method=method, headers={"Origin": SHOP})
    assert (response.status_code, response.headers.get(ALLOWED)) == (status, origin)


@pytest.mark.parametrize("origins", [{}, {"origins": "*"}])
@pytest.mark.parametrize("credentials", [False, True])
def test_flask_cors_without_a_list_of_origins_lets_any_site_read(
    app, origins, credentials
):
    """It sends the origin back; with supports_credentials, users' data, too."""
    from flask_cors import CORS

    CORS(app, supports_credentials=credentials, **origins)
    app.add_url_rule("/", "page", lambda: "page")
    headers = {"Origin": "https://evil.example"}
    response = app.test_client().get("/", headers=headers)
    assert response.access_control_allow_origin == "https://evil.example"
    assert response.access_control_allow_credentials == credentials


def test_flask_cors_with_credentials_sends_them_to_the_listed_origins_only(app):
    """For supports_credentials, with a list of origins."""
    from flask_cors import CORS

    CORS(app, supports_credentials=True, origins=[SHOP])
    app.add_url_rule("/", "page", lambda: "page")
    client = app.test_client()
    response = client.get("/", headers={"Origin": SHOP})
    assert response.access_control_allow_origin == SHOP
    assert response.access_control_allow_credentials
    response = client.get("/", headers={"Origin": "https://evil.example"})
    assert ALLOWED not in response.headers
    assert not response.access_control_allow_credentials
