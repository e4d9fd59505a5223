"""What the tasks about hooks come to."""

import runpy
from io import BytesIO

import pytest
from flask import send_file

from snippets.after_request_tasks import cache_what_was_found, digest_of_what_is_sent
from snippets.after_request_tasks.files_and_streams import app as aquarium
from snippets.after_request_tasks.return_on_every_path_start import app as library


def test_hook_that_returns_in_one_branch_only_breaks_all_other_requests():
    """If the hook ends without a return, it returns None, and the request fails."""
    client = library.test_client()
    assert client.get("/loans/ada").status_code == 200
    for path in "/", "/nowhere":
        with pytest.raises(TypeError, match=r"^'NoneType' object is not callable$"):
            client.get(path)


@pytest.mark.parametrize(
    ("content_type", "mimetype"),
    [
        ("text/html", "text/html"),
        ("text/html; charset=us-ascii", "text/html"),
        ("application/json", "application/json"),
    ],
)
def test_mimetype_is_the_content_type_without_its_parameters(
    app, content_type, mimetype
):
    """A hook that checks the mimetype can ignore the charset."""
    seen = []
    app.add_url_rule("/", view_func=lambda: ("", {"Content-Type": content_type}))

    @app.after_request
    def look(response):
        seen.append((response.content_type, response.mimetype))
        return response

    app.test_client().get("/")
    assert seen == [(content_type, mimetype)]


@pytest.mark.parametrize(
    ("view", "sent"),
    [
        ({}, "Accept-Language"),
        ({"Vary": "Accept"}, "Accept, Accept-Language"),
        ({"Vary": "accept-language"}, "accept-language"),
    ],
)
def test_reason_added_to_vary_stands_beside_those_of_the_view_once(app, view, sent):
    """response.vary.add keeps the view's reasons and names none twice."""
    app.add_url_rule("/", view_func=lambda: ("", view))

    @app.after_request
    def add_reason(response):
        response.vary.add("Accept-Language")
        return response

    assert app.test_client().get("/").headers.getlist("Vary") == [sent]


def test_hook_can_tell_files_and_streams_from_a_page(app, steps):
    """is_streamed is true for a sent file and a generator, not for a string."""
    app.add_url_rule("/page", view_func=lambda: "Tank 4", endpoint="page")
    app.add_url_rule(
        "/file", view_func=lambda: send_file(BytesIO(b""), "text/html"), endpoint="file"
    )
    app.add_url_rule("/stream", view_func=lambda: iter("ab"), endpoint="stream")

    @app.after_request
    def look(response):
        steps.append(response.is_streamed)
        return response

    for path in "/page", "/file", "/stream":
        app.test_client().get(path).close()
    assert steps == [False, True, True]


def test_hook_that_lets_streams_pass_puts_no_banner_on_the_404_page():
    """Flask's own page for an unknown URL counts as streamed."""
    client = aquarium.test_client()
    assert client.get("/").text.startswith("<b>Test</b> ")
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert response.text.startswith("<!doctype html>")


def test_hooks_that_look_first_leave_a_sent_file_as_it_is(tmp_path):
    """Neither digest nor licence touches a static file, and it arrives."""
    app = runpy.run_path(digest_of_what_is_sent.__file__)["app"]
    (tmp_path / "wren.html").write_text("<h1>Wren</h1>")
    app.static_folder = str(tmp_path)
    with app.test_client().get("/static/wren.html") as response:
        assert (response.status_code, response.text) == (200, "<h1>Wren</h1>")
        assert "X-Digest" not in response.headers


@pytest.mark.parametrize("status", [301, 302, 308, 404, 405, 410, 500])
def test_hook_that_allows_caching_of_good_gets_forbids_the_rest(status):
    """Redirects and errors say no-store; silence would leave it to the cache."""
    app = runpy.run_path(cache_what_was_found.__file__)["app"]
    app.add_url_rule("/x", "x", lambda: ("", status, {"Location": "/"}))
    response = app.test_client().get("/x")
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"
