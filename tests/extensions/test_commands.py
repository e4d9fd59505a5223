"""``flask hooks`` and ``flask trace``, each in a process of its own, per extension."""

import json
from importlib.metadata import version
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.extensions


class Case(NamedTuple):
    """What an application is asked, and what is right."""

    requests: str
    brings: str | None
    """The distribution of what is registered."""
    registered: list[str]
    """Hooks and their kin, in the order of the calls."""
    statuses: list[str]
    called: list[str]
    """For each request that came to Flask, the functions in their order."""
    not_run: list[str] = []
    missing: list[list[str]] | None = None
    findings: list[str] = []
    wsgi: list[str] = []
    session: str = "SecureCookieSessionInterface"


# As it registers them.
JWT_ERRORS = """
    handle_csrf_error handle_decode_error handle_expired_error
    handle_fresh_token_required handle_missing_required_claim_error
    handle_invalid_audience_error handle_invalid_issuer_error
    handle_invalid_header_error handle_invalid_token_error handle_jwt_decode_error
    handle_auth_error handle_invalid_query_param_error handle_revoked_token_error
    handle_failed_token_verification handler_user_lookup_error
    handle_wrong_token_error
""".split()
DASH_ERRORS = "_handle_error", "_invalid_resources_handler"
# Connexion is called by a server of ASGI, and trace calls Flask.
CASES = {
    "with_login": Case(
        "POST /login --next GET /orders",
        "Flask-Login",
        [
            "context_processor _user_context_processor",
            "after_request _update_remember_cookie",
        ],
        ["200", "200"],
        [
            "view login, after_request _update_remember_cookie",
            "view show_orders, after_request _update_remember_cookie",
        ],
        ["1 _user_context_processor", "2 _user_context_processor"],
    ),
    "with_jwt": Case(
        "POST /login --next GET /orders",
        "Flask-JWT-Extended",
        [f"errorhandler {name}" for name in JWT_ERRORS],
        ["200", "401"],
        ["view login", "view list_orders, errorhandler handle_auth_error"],
        [f"1 {name}" for name in JWT_ERRORS]
        + [f"2 {name}" for name in JWT_ERRORS if name != "handle_auth_error"],
    ),
    # A WebSocket needs a server.
    "with_sock": Case(
        "GET / --next GET /chat", None, [], ["200", "400"], ["view index", ""]
    ),
    "with_wtf": Case(
        "GET /comment --next POST /comment -d text=x",
        "Flask-WTF",
        ["before_request csrf_protect", "context_processor <lambda>"],
        ["200", "400"],
        ["before_request csrf_protect, view comment", "before_request csrf_protect"],
        ["1 <lambda>", "2 <lambda>", "2 comment"],
    ),
    "with_cors": Case(
        "GET /api/orders -H Origin:https://shop.example",
        "flask-cors",
        ["after_request cors_after_request"],
        ["200"],
        ["view list_orders, after_request cors_after_request"],
    ),
    "with_limiter": Case(
        "GET / --next GET /",
        "Flask-Limiter",
        [
            "before_request _check_request_limit",
            "after_request __inject_headers",
            "teardown_request __release_context",
        ],
        ["200", "429"],
        [
            "before_request _check_request_limit, view index,"
            " after_request __inject_headers, teardown_request __release_context",
            "before_request _check_request_limit,"
            " after_request __inject_headers, teardown_request __release_context",
        ],
        ["2 index"],
    ),
    "with_talisman": Case(
        "GET / --next GET https://localhost/",
        "flask-talisman",
        [
            "before_request _force_https",
            "before_request _make_nonce",
            "after_request _set_response_headers",
        ],
        ["302", "200"],
        [
            "before_request _force_https, after_request _set_response_headers",
            "before_request _force_https, before_request _make_nonce, view index,"
            " after_request _set_response_headers",
        ],
        ["1 _make_nonce", "1 index"],
    ),
    "with_session": Case(
        "POST /cart --next POST /cart",
        None,
        [],
        ["200", "200"],
        ["view add", "view add"],
        session="CacheLibSessionInterface",
    ),
    "with_sqlalchemy": Case(
        "POST /orders",
        "Flask-SQLAlchemy",
        ["teardown_appcontext _teardown_session"],
        ["201"],
        ["view add_order, teardown_appcontext _teardown_session"],
    ),
    "with_compress": Case(
        "GET / -H Accept-Encoding:gzip",
        "Flask-Compress",
        ["after_request after_request"],
        ["200"],
        ["view index, after_request after_request"],
    ),
    # Its decorator is what Flask calls, also when it has the answer already.
    "with_caching": Case(
        "GET / --next GET /", None, [], ["200", "200"], ["view index", "view index"]
    ),
    # Its locale selector is asked by it, not by Flask.
    "with_babel": Case(
        "GET /price -H Accept-Language:de", None, [], ["200"], ["view price"]
    ),
    "with_debugtoolbar": Case(
        "GET /",
        "Flask-DebugToolbar",
        [
            "before_request process_request",
            "after_request process_response",
            "teardown_request teardown_request",
        ],
        ["200"],
        [
            "before_request process_request, view index,"
            " after_request process_response, teardown_request teardown_request"
        ],
    ),
    "with_restx": Case(
        "GET /orders/7 --next GET /orders/8 --next GET /nowhere",
        None,
        [],
        ["200", "404", "404"],
        ["view get", "view get", ""],
        # Its error handlers are called by it, in place of Flask's own method.
        missing=[
            [],
            [
                "the application has its own handle_user_exception from"
                " flask_restx.api: what it called for the exception is not seen"
            ],
            [],
        ],
    ),
    "with_socketio": Case(
        "GET / --next GET /socket.io/?EIO=4&transport=polling",
        None,
        [],
        ["200", "200"],
        ["view index"],
        wsgi=["_SocketIOMiddleware"],
    ),
    "with_opentelemetry": Case(
        "GET /orders/7",
        "opentelemetry-instrumentation-flask",
        ["before_request _before_request", "teardown_request _teardown_request"],
        ["200"],
        [
            "before_request _before_request, view show_order,"
            " teardown_request _teardown_request"
        ],
        wsgi=["_wrapped_app"],
    ),
    "with_prometheus": Case(
        "GET / --next GET /metrics",
        "prometheus_flask_exporter",
        [
            "before_request before_request",
            "after_request after_request",
            "teardown_request teardown_request",
        ],
        ["200", "200"],
        [
            f"before_request before_request, view {view},"
            " after_request after_request, teardown_request teardown_request"
            for view in ("index", "prometheus_metrics")
        ],
    ),
    "with_dash": Case(
        "GET / --next GET /nowhere",
        "dash",
        [
            "before_request _setup_server",
            *(f"errorhandler {name}" for name in DASH_ERRORS),
        ],
        ["200", "200"],
        [
            f"before_request _setup_server, view {name}"
            for name in ("index", "catchall")
        ],
        [f"{number} {name}" for number in (1, 2) for name in DASH_ERRORS],
    ),
    "with_admin": Case("GET /admin/reports/", None, [], ["200"], ["view index"]),
    "with_apiflask": Case(
        "POST /orders --next GET /nowhere",
        "APIFlask",
        ["errorhandler handle_http_errors", "errorhandler handle_werkzeug_errors"],
        ["422", "404"],
        [
            "view add_order, errorhandler handle_http_errors",
            "errorhandler handle_werkzeug_errors",
        ],
        ["1 handle_werkzeug_errors", "2 handle_http_errors"],
    ),
    "blog": Case(
        "GET / --next POST /create -d body=hi"
        " --next POST /accounts/login -d name=ada --next POST /create -d body=hi"
        " --next POST /create",
        None,
        ["before_request load_logged_in_user", "teardown_appcontext close_db"],
        ["200", "302", "302", "201", "400"],
        [
            f"before_request load_logged_in_user, view {view},"
            " teardown_appcontext close_db"
            for view in ("index", "create", "login", "create", "create")
        ],
        # As in Flask's tutorial: who is logged in is asked for each page.
        findings=["session-on-every-page"],
    ),
}


def told(result):
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("name", CASES)
def test_hooks_lists_what_an_extension_registers(flask, name):
    case = CASES[name]
    (app,) = told(flask(name, "hooks", "--json"))["applications"]
    others = [one for one in app["functions"] if one["kind"] != "view"]
    assert [f"{one['phase']} {one['name']}" for one in others] == case.registered
    brought = f"{case.brings} {version(case.brings)}" if case.brings else None
    for one in others:
        assert one["distribution"] == brought
        assert one["file"]
        assert one["line"] > 0
    assert [one["name"] for one in app["wsgi"]] == case.wsgi
    assert app["session_interface"]["name"] == case.session


@pytest.mark.parametrize("name", CASES)
def test_trace_shows_what_an_extension_does(flask, name):
    case = CASES[name]
    document = told(flask(name, "trace", *case.requests.split(), "--json"))
    assert [one["status"][:3] for one in document["answers"]] == case.statuses
    called = [
        ", ".join(f"{s['phase']} {s['name']}" for s in one["steps"] if s["file"])
        for one in document["requests"]
    ]
    assert called == case.called
    missing = case.missing or [[] for _ in document["requests"]]
    assert [one["missing"] for one in document["requests"]] == missing
    assert [
        f"{one['request']} {one['function']['name']}" for one in document["not_run"]
    ] == case.not_run
    assert [one["kind"] for one in document["findings"]] == case.findings


@pytest.mark.parametrize("name", CASES)
def test_a_traced_request_is_answered_as_another(flask, name):
    """The statuses are those that the applications' authors expect, without us."""
    case = CASES[name]
    result = flask(name, "trace", *case.requests.split())
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    statuses = [line.split()[2] for line in lines if line.startswith(("GET ", "POST "))]
    assert statuses == case.statuses
    assert max(map(len, lines)) <= 80


def test_each_extension_has_a_case():
    assert len(CASES) == 21
