"""Step 5: headers that protect, unless a view knows better."""

import pytest

from snippets.after_request_project.security_headers import SECURITY, app

STRICT = "default-src 'self'; frame-ancestors 'none'"


@pytest.fixture
def desk(open_desk):
    return open_desk(app)


def test_every_kind_of_response_has_the_security_headers(desk, tmp_path):
    """Error pages, early returns, static files, HEAD, streams: each header once."""
    for kind, response in desk.every_kind(tmp_path).items():
        sent = {name: response.headers.getlist(name) for name in SECURITY}
        assert sent == {
            "Cache-Control": ["no-cache" if kind == "static" else "no-store"],
            "Content-Security-Policy": [STRICT],
            "Referrer-Policy": ["same-origin"],
            "X-Content-Type-Options": ["nosniff"],
        }, kind


def test_view_of_the_desk_overrides_one_security_header(desk):
    """The board may be framed by the society's site; its other headers stay."""
    headers = desk.open("/board").headers
    assert headers.getlist("Content-Security-Policy") == [
        "default-src 'self'; frame-ancestors https://allotments.example"
    ]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_override_of_a_view_is_gone_when_it_crashes(desk):
    """The 500 is a new response, and gets the strict header."""

    def crash():
        raise ValueError("the board fell down")

    desk.view("board", crash)
    response = desk.open("/board")
    assert response.status_code == 500
    assert response.headers.getlist("Content-Security-Policy") == [STRICT]


def test_view_of_the_desk_may_allow_caching(desk):
    """no-store is only a default: a view that knows better sets its own rule."""
    desk.view("board", lambda: ("", {"Cache-Control": "public, max-age=60"}))
    headers = desk.open("/board").headers
    assert headers.getlist("Cache-Control") == ["public, max-age=60"]


def test_empty_security_header_of_a_view_counts_as_set(desk):
    """setdefault checks whether the header exists, not what it says."""
    desk.view("board", lambda: ("", {"Referrer-Policy": ""}))
    assert desk.open("/board").headers.getlist("Referrer-Policy") == [""]


def test_hook_for_security_headers_runs_before_the_clock_stops():
    """Registered last of the app's hooks, it runs first."""
    names = [hook.__name__ for hook in app.after_request_funcs[None]]
    assert names[0] == "write_log"
    assert names[-1] == "add_security_headers"
