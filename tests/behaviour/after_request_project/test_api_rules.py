"""Step 6: what only the API sends."""

import pytest
from werkzeug.datastructures import Headers

from snippets.after_request_project.api_rules import app
from snippets.after_request_project.security_headers import app as earlier

SOCIETY = "https://allotments.example"
ORIGIN = "Access-Control-Allow-Origin"


@pytest.fixture
def desk(open_desk):
    return open_desk(app)


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
    ],
)
def test_api_shares_its_answers_with_the_society(desk, method, path, status):
    """Errors and crashes included: the script of the other site can read them."""
    response = desk.open(path, method=method)
    assert response.status_code == status
    assert response.headers.getlist(ORIGIN) == [SOCIETY]
    assert response.headers["Access-Control-Expose-Headers"] == "X-Request-ID"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/board", "/nowhere", "/static/none.css"])
def test_pages_are_not_shared(desk, path):
    """The hook of the blueprint runs for the blueprint's requests."""
    headers = desk.open(path).headers
    assert ORIGIN not in headers
    assert "no-store" not in headers.get("Cache-Control", "")


def test_unknown_api_url_is_not_shared_without_the_catch_all_view(open_desk):
    """The step before has no such view, and no blueprint takes the request."""
    desk = open_desk(earlier)
    hooks = {**earlier.after_request_funcs, "api": app.after_request_funcs["api"]}
    desk.monkeypatch.setattr(earlier, "after_request_funcs", hooks)
    assert desk.open("/api/tools/scythe").headers[ORIGIN] == SOCIETY
    assert desk.open("/api/nowhere").status_code == 404
    assert ORIGIN not in desk.open("/api/nowhere").headers


def test_wrong_method_for_an_api_url_is_not_shared(desk):
    """A 405 is raised while matching: the request belongs to no blueprint."""
    response = desk.open("/api/tools/scythe", method="DELETE")
    assert response.status_code == 405
    assert ORIGIN not in response.headers


def test_early_answer_to_an_api_url_is_shared(desk):
    """The URL was matched before: the blueprint's hook runs."""
    desk.answer(lambda: ("Closed in winter.", 503))
    response = desk.open("/api/tools/scythe")
    assert response.status_code == 503
    assert response.headers.getlist(ORIGIN) == [SOCIETY]


def test_api_crash_that_propagates_is_not_shared(desk):
    """No response, no header: the development server answers in Flask's place."""
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
    """extend is add for several headers; update is assignment for several."""
    headers = Headers({ORIGIN: SOCIETY})
    headers.extend({ORIGIN: "*"})
    assert headers.getlist(ORIGIN) == [SOCIETY, "*"]
    headers.update({ORIGIN: "*"})
    assert headers.getlist(ORIGIN) == ["*"]


def test_request_of_another_site_gets_the_one_origin_of_the_society(desk):
    """The header names who may read; it repeats nothing that the client sent."""
    response = desk.open("/api/tools/scythe", headers={"Origin": "https://evil.test"})
    assert response.headers.getlist(ORIGIN) == [SOCIETY]
    assert "evil" not in str(response.headers)
