"""Step 7: the finished desk."""

import sys

import pytest
from click.testing import CliRunner
from flask import abort
from flask.cli import ScriptInfo, cli

from snippets.after_request_project.tool_desk import app

CSP = "Content-Security-Policy"
IMPORT_NAME = "snippets.after_request_project.tool_desk"


@pytest.fixture
def desk(open_desk):
    return open_desk(app)


@pytest.mark.parametrize(
    ("method", "path", "status", "error"),
    [
        ("GET", "/api/tools/spade", 404, "Not Found"),
        ("GET", "/api/nowhere", 404, "Not Found"),
        ("DELETE", "/api/tools/scythe", 405, "Method Not Allowed"),
        ("GET", "/api/tools/sprayer", 500, "Internal Server Error"),
    ],
)
def test_error_of_the_api_is_json_with_the_request_id(
    desk, method, path, status, error
):
    """Unknown URLs and wrong methods too: the handler belongs to the app."""
    response = desk.open(path, method=method)
    assert response.status_code == status
    assert response.mimetype == "application/json"
    assert response.json == {"error": error, "request_id": "made-1"}


def test_second_loan_of_the_last_tool_is_json_too(desk):
    """A conflict that the view found gets the same response as one that Flask found."""
    desk.open("/api/tools/scythe/loans", method="POST")
    response = desk.open("/api/tools/scythe/loans", method="POST")
    assert response.status_code == 409
    assert response.json == {"error": "Conflict", "request_id": "made-2"}


def test_error_page_quotes_the_id_of_header_and_log(desk):
    """The id that a visitor reads out on the phone is in the log."""
    response = desk.open("/nowhere", headers={"X-Request-ID": "gate-0042"})
    assert response.status_code == 404
    assert response.mimetype == "text/html"
    assert "<p>Request id: gate-0042</p>" in response.text
    assert response.headers["X-Request-ID"] == "gate-0042"
    assert [line["request_id"] for line in desk.log] == ["gate-0042"]


def test_error_page_of_a_crash_tells_the_id_and_no_more(desk):
    """Neither the exception nor its message; both are in the log, under the id."""

    def crash():
        raise ValueError("password was 'hunter2'")

    desk.view("shelf", crash)
    response = desk.open("/")
    assert response.status_code == 500
    assert "<p>Request id: made-1</p>" in response.text
    assert "hunter2" not in response.text
    assert "ValueError" not in response.text
    assert "ValueError" in desk.log[0]["traceback"]
    assert {line["request_id"] for line in desk.log} == {"made-1"}


def test_error_page_shows_a_description_as_text(desk):
    """The text given to abort() may contain what the client has sent."""
    desk.view("shelf", lambda: abort(400, "<script>"))
    response = desk.open("/")
    assert response.status_code == 400
    assert "&lt;script&gt;" in response.text
    assert "<script>" not in response.text


def test_error_response_keeps_the_headers_of_its_error(desk):
    """A 405 still names the methods that are allowed."""
    response = desk.open("/", method="DELETE")
    assert response.status_code == 405
    assert set(response.allow) == {"GET", "HEAD", "OPTIONS"}


def test_error_page_has_the_length_of_its_new_body(desk):
    """Setting data corrects Content-Length."""
    response = desk.open("/nowhere")
    assert response.content_length == len(response.data)


def test_error_page_for_head_has_headers_and_no_body(desk):
    """The id is in a header as well, so the body isn't needed to find it."""
    response = desk.open("/nowhere", method="HEAD")
    assert (response.status_code, response.data) == (404, b"")
    assert response.headers["X-Request-ID"] == "made-1"


def test_error_page_passes_every_hook(desk):
    """Id, time and security headers are on it, and it is logged once."""
    response = desk.open("/nowhere")
    assert response.headers["X-Request-ID"] == "made-1"
    assert response.headers["Server-Timing"] == "app;dur=250.0"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert [line["status"] for line in desk.log] == [404]


def test_error_page_of_a_failing_hook_quotes_the_id(desk):
    """The handler for HTTPException is called for the 500 of a hook as well."""

    def fail(response):
        raise ValueError("the hook failed")

    desk.hook(fail)
    response = desk.open("/")
    assert response.status_code == 500
    assert "<p>Request id: made-1</p>" in response.text


def test_headers_are_missing_where_a_hook_fails_in_both_passes(desk):
    """Hooks after the failing one never run."""

    def fail(response):
        raise ValueError("the hook failed")

    desk.hook(fail)
    response = desk.open("/")
    assert "X-Request-ID" not in response.headers
    assert "Content-Security-Policy" not in response.headers


def test_propagated_exception_gets_no_page_and_one_line(desk):
    """Debug and testing mode: the teardown function logs what no hook saw."""
    desk.configure(TESTING=True)
    with pytest.raises(KeyError, match="deposit"):
        desk.open("/api/tools/sprayer")
    assert [(line["event"], line["status"]) for line in desk.log] == [
        ("KeyError", None)
    ]


def test_hooks_of_the_desk_are_registered_from_last_to_first():
    """The log comes first in the file and last in a request."""
    names = [hook.__name__ for hook in app.after_request_funcs[None]]
    assert names == [
        "write_log",
        "stop_clock",
        "send_request_id",
        "add_security_headers",
        "share_with_society",
    ]


def test_every_kind_of_response_of_the_desk_is_complete(desk, tmp_path):
    """Id, time, security headers, each once, and one line in the log."""
    found = desk.every_kind(tmp_path)
    for kind, response in found.items():
        for name in "X-Request-ID", "Server-Timing", "Cache-Control", CSP:
            assert len(response.headers.getlist(name)) == 1, (kind, name)
    logged = [line["request_id"] for line in desk.log if "status" in line]
    assert logged == [r.headers["X-Request-ID"] for r in found.values()]


def test_flask_command_finds_the_desk(monkeypatch):
    """flask --app with the dotted name lists its routes."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    result = CliRunner().invoke(cli, ["--app", IMPORT_NAME, "routes"])
    assert result.exit_code == 0, result.output
    listed = [line.split()[0] for line in result.output.splitlines()]
    assert {"shelf", "board", "api.show_tool", "api.lend"} <= set(listed)


def test_flask_command_loads_the_very_app_of_the_desk(monkeypatch):
    """No factory and no colon are needed: the module has one app."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    assert ScriptInfo(app_import_path=IMPORT_NAME).load_app() is app
