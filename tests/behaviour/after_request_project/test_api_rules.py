"""Step 6: what only the API sends."""

import pytest
from werkzeug.datastructures import Headers

from snippets.after_request_project.api_rules import app as api_app
from snippets.after_request_project.security_headers import app as earlier

SOCIETY = "https://allotments.example"
ORIGIN = "Access-Control-Allow-Origin"


@pytest.fixture
def desk(open_desk):
    return open_desk(api_app)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/tools/scythe", 200),
        ("HEAD", "/api/tools/scythe", 200),
        ("OPTIONS", "/api/tools/scythe", 200),
        ("POST", "/api/tools/scythe/loans", 201),
        ("GET", "/api/tools/spade", 404),
        ("GET", "/api/tools/sprayer", 500),
        ("GET", "/api/nowhere/at/all", 404),
        ("POST", "/api/nowhere", 404),
        ("GET", "/api/", 404),
        ("DELETE", "/api/tools/scythe", 405),
    ],
)
def test_api_shares_its_answers_with_the_society(desk, method, path, status):
    """Errors and crashes included: the script of the other site can read them."""
    response = desk.open(path, method=method)
    assert response.status_code == status
    assert response.headers.getlist(ORIGIN) == [SOCIETY]
    assert response.headers["Access-Control-Expose-Headers"] == "X-Request-ID"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/", "/board", "/nowhere", "/static/none.css", "/api", "/apis/"]
)
def test_pages_are_not_shared(desk, path):
    """The hook checks the path and leaves everything outside /api/ alone."""
    assert ORIGIN not in desk.open(path).headers


def test_errors_of_the_api_keep_their_status_and_their_headers(desk):
    """The hook checks the path, so no catch-all view changes a 404 or a 405."""
    for method, path, status in [
        ("POST", "/api/nothing", 404),
        ("OPTIONS", "/api/nothing", 404),
        ("GET", "/api/tools/scythe/loans", 405),
    ]:
        response = desk.open(path, method=method)
        assert response.status_code == status
        assert response.headers.getlist(ORIGIN) == [SOCIETY]
    assert set(response.allow) == {"OPTIONS", "POST"}


def test_hook_of_a_blueprint_would_miss_the_404_and_the_405_of_the_api(open_desk):
    """The step before, with the same hook on the blueprint."""
    desk = open_desk(earlier)

    def share(response):
        response.headers[ORIGIN] = SOCIETY
        return response

    hooks = {**earlier.after_request_funcs, "api": [share]}
    desk.monkeypatch.setattr(earlier, "after_request_funcs", hooks)
    assert desk.open("/api/tools/scythe").headers[ORIGIN] == SOCIETY
    for method, path, status in [
        ("GET", "/api/nowhere", 404),
        ("DELETE", "/api/tools/scythe", 405),
    ]:
        response = desk.open(path, method=method)
        assert (response.status_code, ORIGIN in response.headers) == (status, False)


def test_catch_all_view_changes_what_other_methods_get(app):
    """A 405 becomes a 404, a 404 becomes a 405, OPTIONS becomes a 200."""
    app.add_url_rule("/api/loans", "lend", lambda: "", methods=["POST"])
    app.add_url_rule("/api/<path:rest>", "rest", lambda rest: ("", 404))
    client = app.test_client()
    assert client.get("/api/loans").status_code == 404
    assert client.post("/api/nothing").status_code == 405
    assert client.options("/api/nothing").status_code == 200


def test_early_answer_to_an_api_url_is_shared(desk):
    """The hooks run although the view is skipped."""
    desk.answer(lambda: ("Closed in winter.", 503))
    response = desk.open("/api/tools/scythe")
    assert response.status_code == 503
    assert response.headers.getlist(ORIGIN) == [SOCIETY]


def test_api_crash_that_propagates_is_not_shared(desk):
    """No response, no header: the development server sends its own page."""
    desk.configure(PROPAGATE_EXCEPTIONS=True)
    with pytest.raises(KeyError, match="deposit"):
        desk.open("/api/tools/sprayer")


def test_origin_is_sent_once_although_a_view_sets_it_too(desk):
    """Assigning replaces; the browser refuses two origins."""
    desk.view("api.show_tool", lambda name: ("{}", {ORIGIN: "*"}))
    headers = desk.open("/api/tools/scythe").headers
    assert headers.getlist(ORIGIN) == [SOCIETY]


def test_view_of_the_api_overrides_the_caching_rule(desk):
    """setdefault keeps what the view has said."""
    headers = {"Cache-Control": "max-age=60"}
    desk.view("api.show_tool", lambda name: ("{}", headers))
    response = desk.open("/api/tools/scythe")
    assert response.headers.getlist("Cache-Control") == ["max-age=60"]


def test_extend_repeats_a_header_and_update_replaces_it():
    """extend adds several headers; update assigns several."""
    headers = Headers({ORIGIN: SOCIETY})
    headers.extend({ORIGIN: "*"})
    assert headers.getlist(ORIGIN) == [SOCIETY, "*"]
    headers.update({ORIGIN: "*"})
    assert headers.getlist(ORIGIN) == ["*"]


def test_request_of_another_site_gets_the_one_origin_of_the_society(desk):
    """The header names the allowed origin and repeats nothing that the client sent."""
    response = desk.open("/api/tools/scythe", headers={"Origin": "https://evil.test"})
    assert response.headers.getlist(ORIGIN) == [SOCIETY]
    assert "evil" not in str(response.headers)
