"""Step 4: one line of JSON for each request."""

import json
import logging

import pytest
from flask import Response, request_finished, stream_with_context

from snippets.after_request_project.log_lines import app


@pytest.fixture
def desk(open_desk):
    return open_desk(app)


def requests(desk):
    """Return status and time of the lines that tell of a request."""
    return [(line["status"], line["ms"]) for line in desk.log if "status" in line]


def fail_always(response):
    raise ValueError("the hook failed")


def test_desk_logs_a_request_as_one_line_of_json(desk):
    """With everything that is needed to find it again."""
    desk.open("/board?member=17", headers={"X-Request-ID": "gate-0042"})
    assert desk.log == [
        {
            "time": "1970-01-01T00:00:00Z",
            "level": "INFO",
            "logger": app.name,
            "event": "request",
            "request_id": "gate-0042",
            "method": "GET",
            "path": "/board",
            "status": 200,
            "ms": 250.0,
        }
    ]


def test_query_string_is_not_logged(desk):
    """It contains tokens and people's names."""
    desk.open("/?token=secret")
    assert "secret" not in desk.stream.getvalue()


def test_every_kind_of_response_is_logged_once(desk, tmp_path):
    """One line for each response, with the status that was sent."""
    found = desk.every_kind(tmp_path)
    assert [status for status, _ in requests(desk)] == [
        response.status_code for response in found.values()
    ]


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/a%0AINFO%20paid", "/a\nINFO paid"),
        ("/a%0D%0A{%22status%22:200}", '/a\r\n{"status":200}'),
        ("/a%1B[2J", "/a\x1b[2J"),
        ("/%E2%80%A8line", "/\u2028line"),
        ("/%FF", "/\ufffd"),
    ],
)
def test_path_cannot_forge_a_line_of_the_log(desk, path, logged):
    """JSON escapes newlines, quotes and control characters: one line, plain ASCII."""
    desk.open(path)
    text = desk.stream.getvalue()
    assert text.count("\n") == 1
    assert text.isascii()
    assert text.rstrip("\n").isprintable()
    assert json.loads(text)["path"] == logged


def test_path_of_a_request_may_hold_a_newline():
    """request.path is decoded: in a plain text log it would begin a line."""
    with app.test_request_context("/a%0AINFO%20paid") as context:
        assert context.request.path.splitlines() == ["/a", "INFO paid"]


def test_logged_path_is_cut_to_200_characters(desk):
    """A long address does not fill the disk."""
    desk.open("/" + "a" * 5000)
    assert desk.log[0]["path"] == "/" + "a" * 199


def test_method_of_a_stranger_is_escaped_too(desk):
    """A client may send any word as a method; the line stays whole."""
    desk.open("/", method='GET"\t')
    assert desk.log[0]["method"] == 'GET"\t'
    assert desk.stream.getvalue().count("\n") == 1


def test_crash_is_logged_twice_under_one_id(desk):
    """Flask's record with the traceback, then the line of the request."""
    desk.open("/api/tools/sprayer")
    crash, line = desk.log
    assert crash["level"] == "ERROR"
    assert crash["traceback"].endswith("KeyError: 'deposit'")
    assert desk.stream.getvalue().count("\n") == 2
    assert (line["level"], line["status"], line["ms"]) == ("INFO", 500, 250.0)
    assert crash["request_id"] == line["request_id"] == "made-1"


def test_log_hook_is_registered_first_and_runs_last():
    """after_request_funcs keeps the order of registration."""
    names = [hook.__name__ for hook in app.after_request_funcs[None]]
    assert names == ["write_log", "stop_clock", "send_request_id"]


def test_log_hook_registered_last_logs_no_time(desk, monkeypatch):
    """It runs first, when the clock has not been stopped."""
    hooks = app.after_request_funcs[None]
    monkeypatch.setitem(app.after_request_funcs, None, hooks[::-1])
    desk.open("/")
    assert requests(desk) == [(200, None)]


def test_log_has_the_status_that_other_hooks_made(desk):
    """Whatever a hook changes, the last one logs it."""

    def close_desk(response):
        return Response("Closed.", status=503)

    desk.hook(close_desk)
    assert desk.open("/").status_code == 503
    assert requests(desk) == [(503, 250.0)]


def test_log_misses_what_a_hook_registered_before_it_changes(desk):
    """That hook runs after the line has been written."""

    def close_desk(response):
        return Response("Closed.", status=503)

    desk.hook(close_desk, last=False)
    assert desk.open("/").status_code == 503
    assert requests(desk) == [(200, 250.0)]


def test_request_with_a_failing_hook_is_logged_as_500(desk):
    """The first call of the hooks ends before the log hook; the second reaches it."""
    failures = iter([ValueError("once")])

    def fail_once(response):
        for failure in failures:
            raise failure
        return response

    desk.hook(fail_once)
    assert desk.open("/").status_code == 500
    assert requests(desk) == [(500, 250.0)]


def test_request_with_a_hook_that_always_fails_is_logged_by_teardown(desk):
    """The log hook is never reached, but the client gets a 500."""
    desk.hook(fail_always)
    assert desk.open("/").status_code == 500
    assert requests(desk) == [(None, None)]
    assert desk.log[-1]["level"] == "ERROR"
    assert desk.log[-1]["event"] == "ValueError"
    assert {line["request_id"] for line in desk.log} == {"made-1"}


def test_request_whose_exception_propagates_is_logged_by_teardown(desk):
    """No hook runs in testing mode; the line has no status, because none was sent."""
    desk.configure(TESTING=True)
    with pytest.raises(KeyError, match="deposit"):
        desk.open("/api/tools/sprayer")
    assert requests(desk) == [(None, None)]
    assert desk.log[-1]["event"] == "KeyError"
    assert desk.log[-1]["path"] == "/api/tools/sprayer"


def test_request_that_ends_in_system_exit_is_logged_by_teardown(desk):
    """A worker that is told to stop meets no error handler."""

    def stop():
        raise SystemExit(3)

    desk.view("shelf", stop)
    with pytest.raises(SystemExit):
        desk.open("/")
    assert [line["event"] for line in desk.log] == ["SystemExit"]


def test_teardown_logs_nothing_when_the_log_hook_did(desk):
    """After a crash in production, the request has one line, not two."""
    desk.open("/api/tools/sprayer")
    assert requests(desk) == [(500, 250.0)]


def test_error_of_a_lost_request_is_logged_by_its_class_only(desk):
    """The message of an exception may hold what a client has sent."""

    def reject():
        raise ValueError("password was 'hunter2'")

    desk.configure(TESTING=True)
    desk.view("shelf", reject)
    with pytest.raises(ValueError, match="hunter2"):
        desk.open("/")
    assert "hunter2" not in desk.stream.getvalue()


def test_failure_behind_the_log_hook_is_logged_as_a_second_line(desk):
    """First 200, then the 500 that was sent: both under the same id."""
    failures = iter([ValueError("once")])

    def fail_once(sender, response):
        for failure in failures:
            raise failure

    with request_finished.connected_to(fail_once, app):
        assert desk.open("/").status_code == 500
    assert requests(desk) == [(200, 250.0), (500, 500.0)]
    assert {line["request_id"] for line in desk.log} == {"made-1"}


def test_request_context_alone_is_not_logged(desk):
    """A shell or a test that pushes one has made no request."""
    with app.test_request_context(errors_stream=desk.stream):
        pass
    assert desk.log == []


def test_streamed_body_comes_after_its_line_of_the_log(desk):
    """What breaks off later was logged as a 200."""

    def rows():
        yield f"{len(desk.log)} line"
        raise ValueError("the list ends here")

    desk.view("shelf", rows)
    response = desk.open("/")
    assert next(response.response) == b"1 line"
    with pytest.raises(ValueError, match="ends here"):
        next(response.response)
    response.close()
    assert requests(desk) == [(200, 250.0)]


def test_stream_with_context_is_logged_once(desk):
    """However often the teardown functions run: the mark on g stays."""
    desk.view("shelf", lambda: stream_with_context(iter(["one ", "by one"])))
    assert desk.open("/", buffered=True).text == "one by one"
    assert requests(desk) == [(200, 250.0)]


def test_line_of_the_log_reaches_handlers_of_the_root_logger_too(
    desk, caplog, monkeypatch
):
    """Where there is one, each line appears twice, unless propagate is False."""
    desk.open("/")
    monkeypatch.setattr(logging.getLogger(app.name), "propagate", False)
    desk.open("/")
    assert len(desk.log) == 2
    assert [record.getMessage() for record in caplog.records] == ["request"]


def test_line_logged_by_a_view_carries_the_request_id(desk):
    """The formatter adds it to whatever is logged during a request."""

    def shelf():
        app.logger.warning("the shelf is wet")
        return "Tools"

    desk.view("shelf", shelf)
    desk.open("/")
    wet = {"level": "WARNING", "event": "the shelf is wet", "request_id": "made-1"}
    assert desk.log[0].items() >= wet.items()


def test_line_logged_outside_a_request_has_no_id(pristine, capsys):
    """The formatter asks first whether there is a request."""
    pristine("log_lines")["log"].info("the desk opens")
    line = json.loads(capsys.readouterr().err)
    assert (line["level"], line["event"]) == ("INFO", "the desk opens")
    assert "request_id" not in line


def test_every_line_of_the_log_has_time_and_logger(desk):
    """Those of the hook, of a view and of Flask; the time is UTC, in seconds."""
    desk.configure(NOW=lambda: 1_000_000_000.9)
    desk.open("/api/tools/sprayer")
    desk.view("shelf", lambda: app.logger.warning("wet") or "Tools")
    desk.open("/")
    found = [(line["time"], line["logger"]) for line in desk.log]
    assert found == [("2001-09-09T01:46:40Z", app.name)] * 4


def test_desk_that_is_imported_again_does_not_log_twice(pristine, capsys):
    """Loggers outlive their modules: the handler is assigned, not added."""
    pristine("log_lines")
    pristine("log_lines")["log"].info("the desk opens")
    assert capsys.readouterr().err.count("the desk opens") == 1
