"""``flask trace``: requests in this process, told."""

import json
import re
from importlib.metadata import version

import pytest

from .conftest import ROOT, SHOP

FLOW = """\
GET /orders/7  200 OK, 7 bytes
"""


def steps(output):
    """Return kind and name of the steps that functions of the module have."""
    return re.findall(r"(?m)^ +\d+  +(\w+)[\w ]*? (\w+)  shop\d+\.py:\d+$", output)


def test_flow_and_changes(run):
    told = run(SHOP, "trace", "get", "/orders/7")
    assert told.exit_code == 0
    assert told.stdout.startswith(FLOW)
    assert steps(told.stdout) == [
        ("before_request", "load_user"), ("before_request", "check_login"),
        ("View", "show_order"), ("after_request", "log_request"),
        ("after_request", "add_security_headers"), ("teardown_request", "close_files"),
    ]  # fmt: skip
    assert "         g.user = 'nobody'\n" in told.stdout
    assert "         response.headers[X-Frame-Options] = DENY\n" in told.stdout
    assert told.stdout.endswith("No findings\n")


def test_it_says_that_the_request_is_real(run):
    told = run(SHOP, "trace", "GET", "/orders/7")
    assert told.stderr == (
        "These requests are real: the application may change its data.\n"
    )
    assert "real" not in told.stdout


def test_what_did_not_run_and_why(run):
    told = run(SHOP, "trace", "GET", "/orders/7")
    section = told.stdout.partition("Did not run\n")[2]
    assert re.search(r"  error handler not_found  app, shop\d+\.py:41\n", section)
    assert re.search(
        r"  before_request function only_admins  blueprint admin, ", section
    )
    assert "         No exception was raised.\n" in section
    assert "blueprint orders.\n" in section


def test_headers_cookies_and_data_are_sent(run):
    told = run(
        SHOP, "trace", "GET", "/echo", "-H", "Accept: text/html", "-H", "X-A:1",
        "--cookie", "user=ada", "-b", "b=2", "--json",
    )  # fmt: skip
    (request,) = json.loads(told.stdout)["requests"]
    sent = request["steps"][0]["before"]["request"]
    assert sent["headers"]["Accept"] == "text/html"
    assert sent["headers"]["X-A"] == "1"
    assert sent["cookies"] == {"user": "ada", "b": "2"}


def test_data_is_a_form_unless_a_header_says_else(run, write):
    write(SHOP, "shop_of_forms")
    told = run(
        None, "trace", "POST", "/login", "-d", "name=ada", "-d", "b=1",
        path="shop_of_forms",
    )  # fmt: skip
    assert "POST /login  200 OK, 3 bytes\n" in told.stdout
    told = run(
        None, "trace", "POST", "/login", "-d", "name=ada",
        "-H", "Content-Type: text/plain", path="shop_of_forms",
    )  # fmt: skip
    assert "POST /login  400 " in told.stdout


def test_data_from_a_file_and_from_a_pipe(run, write, tmp_path):
    write(SHOP, "shop_of_files")
    (tmp_path / "form").write_text("name=ada")
    told = run(None, "trace", "POST", "/login", "-d", "@form", path="shop_of_files")
    assert "POST /login  200 OK, 3 bytes\n" in told.stdout
    told = run(
        None, "trace", "POST", "/login", "-d", "@-", path="shop_of_files",
        input="name=bob",
    )  # fmt: skip
    assert "session[name] = 'bob'" in told.stdout


def test_several_requests_have_one_cookie_jar(run):
    told = run(
        SHOP, "trace", "POST", "/login", "-d", "name=ada", "--next", "GET",
        "/orders/7", "--next", "GET", "/nowhere", "-b", "user=bob", "--json",
    )  # fmt: skip
    document = json.loads(told.stdout)
    first, second, third = document["requests"]
    assert [one["requests"] for one in document["answers"]] == [[1], [2], [3]]
    assert [one["path"] for one in document["requests"]] == [
        "/login", "/orders/7", "/nowhere"
    ]  # fmt: skip
    assert first["steps"][0]["before"]["request"]["cookies"] == {}
    cookies = second["steps"][0]["before"]["request"]["cookies"]
    assert cookies.pop("session")
    assert cookies == {"user": "ada"}
    assert third["steps"][0]["before"]["request"]["cookies"]["user"] == "bob"


# The client of Werkzeug 2.2 sends each cookie everywhere.
@pytest.mark.skipif(version("werkzeug") < "2.3", reason="Werkzeug 2.3 keeps them apart")
def test_cookies_of_another_host_stay_there(run):
    told = run(
        SHOP, "trace", "GET", "/orders/7", "-b", "user=ada", "--next", "GET",
        "http://shop.example/orders/7", "--json",
    )  # fmt: skip
    first, second = json.loads(told.stdout)["requests"]
    assert first["steps"][0]["before"]["request"]["cookies"] == {"user": "ada"}
    assert second["steps"][0]["before"]["request"]["cookies"] == {}


def test_what_the_app_prints_is_part_of_the_json(run):
    arguments = ("trace", "POST", "/login", "-d", "name=ada")
    told = run(SHOP, *arguments, "--json")
    assert json.loads(told.stdout)["stdout"] == "somebody logs in\n"
    assert run(SHOP, *arguments).stdout.startswith("somebody logs in\nPOST /login")


def test_values_are_shown_as_they_are(run):
    source = SHOP + '\n@app.get("/id")\ndef identity():\n    return "0" * 32\n'
    told = run(source, "trace", "GET", "/id")
    assert f"response.body = {'0' * 32}" in told.stdout


def test_an_exception_that_leaves_flask_is_told(run):
    source = f"{SHOP}\napp.testing = True\n"
    told = run(source, "trace", "GET", "/broken")
    assert told.exit_code == 0
    assert told.stdout.startswith(
        "GET /broken  raised ValueError: no \\x1b[31m colours\n"
    )
    assert "Exception leaves Flask ValueError" in told.stdout


def test_an_exception_becomes_an_internal_server_error(run):
    told = run(SHOP, "trace", "GET", "/broken")
    assert told.stdout.startswith("GET /broken  500 ")
    assert "\x1b" not in told.stdout


ENDS = """
class Mute(Exception):
    def __str__(self):
        raise RuntimeError


@app.get("/end")
def end():
    raise SystemExit(3)


@app.get("/stop")
def stop():
    raise KeyboardInterrupt


@app.get("/mute")
def mute():
    app.testing = True
    raise Mute("x")
"""


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("/end", "SystemExit: 3"),
        ("/stop", "KeyboardInterrupt"),
        ("/mute", r"shop\d+\.Mute: 'x'"),
    ],
)
def test_no_exception_of_the_application_ends_the_command(run, url, told):
    result = run(SHOP + ENDS, "trace", "GET", url, "--next", "GET", "/orders/7")
    assert result.exit_code == 0
    assert re.match(rf"GET {url}  raised {told}\n", result.stdout)
    assert "View function " + url[1:] in result.stdout
    assert "GET /orders/7  200 OK, 7 bytes\n" in result.stdout


WRAPPED = """
class Front:
    def __init__(self, inner):
        self.inner = inner

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] == "/health":
            start_response("200 OK", [])
            return [b"well"]

        def start(status, headers, *more):
            return start_response("203 Changed", [*headers, ("X-Front", "1")], *more)

        return self.inner(environ, start)
"""


@pytest.mark.parametrize(
    "last",
    [
        "app.wsgi_app = Front(app.wsgi_app)",
        "app = Front(app)",
        "def create_app(inner=app):\n    return Front(inner)\ndel app",
    ],
)
def test_what_middleware_does_is_told(run, last):
    told = run(
        f"{SHOP}{WRAPPED}\n{last}\n", "trace", "GET", "/health", "--next", "GET",
        "/orders/7",
    )  # fmt: skip
    assert told.exit_code == 0, told.stderr
    assert re.search(
        r"did not reach Flask: Front \(shop\d+\)\s+returned a response\.", told.stdout
    )
    assert told.stdout.count("Request received") == 1
    assert re.search(r"After Flask  Front \(shop\d+\)\n", told.stdout)
    assert "  response.headers[X-Front] = 1\n" in told.stdout
    assert "  response.status = 203 Changed (was 200 OK)\n" in told.stdout


DISPATCHER = """
from werkzeug.middleware.dispatcher import DispatcherMiddleware
second = Flask("second")

@second.before_request
def only_in_the_second(): pass

@second.get("/")
def index(): return "second"

shop = app
app = DispatcherMiddleware(shop, {"/second": second})
"""


def test_an_application_beside_another(run, write):
    write(SHOP + DISPATCHER, "two_apps")
    told = run(None, "trace", "GET", "/second/", path="two_apps")
    assert "before_request hook only_in_the_second" in told.stdout
    listed = run(None, "hooks", path="two_apps").stdout
    assert listed.count("Session interface") == 2
    assert "WSGI middleware: DispatcherMiddleware" in listed


ASKS_ITSELF = '\n@app.get("/outer")\ndef outer():\n' + (
    '    return app.test_client().get("/orders/7").text\n'
)


def test_a_request_within_a_request(run):
    told = run(SHOP + ASKS_ITSELF, "trace", "GET", "/outer", "--json")
    document = json.loads(told.stdout)
    assert [one["path"] for one in document["requests"]] == ["/outer", "/orders/7"]
    assert [one["requests"] for one in document["answers"]] == [[1, 2]]


def test_without_findings_the_exit_code_is_0(run):
    told = run(SHOP, "trace", "GET", "/orders/7", "--fail-on-findings")
    assert told.exit_code == 0


def test_with_findings_the_exit_code_is_1_if_that_is_wanted(run, monkeypatch):
    from hookbook.cli import tracing
    from hookbook.explain.findings import Finding

    found = Finding(
        "none", "log_request", "shop.py", 3, "`log_request` returned None.",
        "after-request/index", "order", 1, 2,
    )  # fmt: skip
    monkeypatch.setattr(tracing, "findings", lambda traces: [found])
    told = run(SHOP, "trace", "GET", "/orders/7")
    assert told.exit_code == 0
    assert f'"{tracing.SITE}"' in (ROOT / "conf.py").read_text("utf-8")
    assert told.stdout.endswith(
        "1 finding\n  log_request  shop.py:3\n    log_request returned None.\n"
        "    https://hookbook.readthedocs.io/after-request/index.html#order\n"
    )
    # For all requests, wherever it is.
    arguments = ("--fail-on-findings", "--next", "GET", "/echo"), (
        "--next", "GET", "/echo", "--fail-on-findings",
    )  # fmt: skip
    for more in arguments:
        assert run(SHOP, "trace", "GET", "/orders/7", *more).exit_code == 1
