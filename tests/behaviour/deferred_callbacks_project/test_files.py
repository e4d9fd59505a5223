"""The zine archive leaves no temporary file behind."""

import pytest
from flask import Response, request_finished

from snippets.deferred_callbacks_project import scratch_files


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setitem(scratch_files.app.config, "SCRATCH", tmp_path)
    return tmp_path


def left(folder):
    return len(list(folder.iterdir()))


def test_temporary_file_is_there_while_it_is_sent_and_gone_afterwards(folder):
    """The response that sends it deletes it when it is closed."""
    response = scratch_files.app.test_client().get("/zines.csv")
    assert left(folder) == 1
    assert response.text == "The Lamp\nHigh Tide\n"
    response.close()
    assert left(folder) == 0


def test_temporary_file_is_deleted_when_the_client_gives_up(folder):
    """Only closing matters; nothing has to be read."""
    scratch_files.app.test_client().get("/zines.csv").close()
    assert left(folder) == 0


def test_temporary_file_is_deleted_when_the_view_crashes(folder, monkeypatch):
    """The callback runs on the 500, which deletes the file when it is closed."""
    monkeypatch.setattr(scratch_files, "send_file", lambda *a, **k: 1 / 0)
    response = scratch_files.app.test_client().get("/zines.csv")
    assert response.status_code == 500
    response.close()
    assert left(folder) == 0


def test_temporary_file_is_deleted_when_no_response_takes_it_over(folder, monkeypatch):
    """The exception propagates, no callback runs: teardown is the safety net."""
    monkeypatch.setattr(scratch_files, "send_file", lambda *a, **k: 1 / 0)
    monkeypatch.setattr(scratch_files.app, "testing", True)
    with pytest.raises(ZeroDivisionError):
        scratch_files.app.test_client().get("/zines.csv")
    assert left(folder) == 0


def test_callback_that_hands_a_file_over_may_run_twice(folder, monkeypatch):
    """If a receiver raises, Flask runs it again; discard and missing_ok allow that."""
    calls = []

    def break_once(sender, response, **extra):
        calls.append(response.status_code)
        if len(calls) == 1:
            # Flask drops this response and leaves its file open.
            response.response.close()
            raise ValueError

    with request_finished.connected_to(break_once, scratch_files.app):
        response = scratch_files.app.test_client().get("/zines.csv")
    assert calls == [200, 500]
    response.close()
    assert left(folder) == 0


def test_call_on_close_function_runs_for_any_body_that_is_not_passed_through(app):
    """For text as for a stream."""
    closed = []

    def answer(body, name):
        response = Response(body)
        response.call_on_close(lambda: closed.append(name))
        return response

    app.add_url_rule("/a", view_func=lambda: answer("Text", "text"), endpoint="a")
    app.add_url_rule(
        "/b", view_func=lambda: answer(iter(["Str", "eam"]), "stream"), endpoint="b"
    )
    for path in "/a", "/b":
        app.test_client().get(path).close()
    assert closed == ["text", "stream"]


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {}, 200),
        ("GET", {"Range": "bytes=0-3"}, 206),
        ("HEAD", {}, 200),
        ("OPTIONS", {}, 200),
        ("POST", {}, 405),
    ],
)
def test_temporary_file_is_deleted_whatever_is_asked_of_it(
    folder, method, headers, status
):
    """The whole file, a part of it, its headers only, or nothing of it."""
    client = scratch_files.app.test_client()
    response = client.open("/zines.csv", method=method, headers=headers)
    assert response.status_code == status
    response.close()
    assert left(folder) == 0
