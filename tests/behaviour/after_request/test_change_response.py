"""What a hook can change: status, body, or the whole response."""

import pytest
from flask import Response, send_file, session

from hookbook.corpus.phrases import as_released
from snippets.after_request.replace_response import app as orders_app


@pytest.mark.parametrize(
    ("code", "status"),
    [(204, "204 NO CONTENT"), (404, "404 NOT FOUND"), (503, "503 SERVICE UNAVAILABLE")],
)
def test_hook_changes_the_status(app, code, status):
    """Assigning status_code changes the whole status line that the client gets."""

    @app.after_request
    def change_status(response):
        response.status_code = code
        return response

    app.add_url_rule("/", "index", lambda: "")
    assert as_released(app.test_client().get("/").status) == status


@pytest.fixture
def footed(app):
    """An app whose hook adds a line to every body, without looking."""

    @app.after_request
    def add_line(response):
        page = response.get_data(as_text=True)
        response.set_data(f"{page}\nPrices include tax.")
        return response

    app.add_url_rule("/", "index", lambda: "Teapot, 24.00")
    return app.test_client()


def test_set_data_changes_the_body_and_its_content_length(footed):
    """set_data keeps the Content-Length header right."""
    response = footed.get("/")
    assert response.text == "Teapot, 24.00\nPrices include tax."
    assert response.content_length == len(response.data) == 33


def test_hook_that_changes_bodies_changes_error_pages_too(footed):
    """A hook that does not look at the response also rewrites the 404 page."""
    response = footed.get("/nowhere")
    assert response.status_code == 404
    assert response.text.endswith("Prices include tax.")


def test_hook_cannot_read_the_body_of_a_sent_file(app, tmp_path):
    """A file is passed straight to the server: get_data refuses to read it."""
    (tmp_path / "teas.txt").write_text("Tea")
    app.add_url_rule("/teas", view_func=lambda: send_file(tmp_path / "teas.txt"))
    errors = []

    @app.after_request
    def read_body(response):
        with pytest.raises(RuntimeError, match="direct passthrough mode") as caught:
            response.get_data()
        errors.append(caught.type)
        return response

    with app.test_client().get("/teas") as response:
        assert response.text == "Tea"
    assert errors == [RuntimeError]


def test_hook_can_read_a_sent_file_without_direct_passthrough(app, tmp_path):
    """With direct_passthrough off, the file can be read and changed."""
    (tmp_path / "teas.txt").write_text("Tea")
    app.add_url_rule("/teas", view_func=lambda: send_file(tmp_path / "teas.txt"))

    @app.after_request
    def shout(response):
        response.direct_passthrough = False
        response.set_data(response.get_data().upper())
        return response

    with app.test_client().get("/teas") as response:
        assert response.text == "TEA"


@pytest.mark.parametrize("value", ["Took MARK", {"took": "MARK"}])
def test_body_chunks_are_bytes_and_refuse_str_replace(app, value):
    """Of a page or of JSON, response.response holds bytes: replacing text fails."""
    app.testing = True
    app.add_url_rule("/", view_func=lambda: value, endpoint="index")

    @app.after_request
    def fill_in(response):
        assert len(response.response) == 1
        response.response[0] = response.response[0].replace("MARK", "2 ms")
        return response

    with pytest.raises(TypeError, match="a bytes-like object is required, not 'str'"):
        app.test_client().get("/")


def test_changing_body_chunks_in_place_leaves_the_old_content_length(app):
    """Only set_data and the data attribute update Content-Length."""
    app.add_url_rule("/", view_func=lambda: "Took MARK", endpoint="index")

    @app.after_request
    def fill_in(response):
        response.response[0] = response.response[0].replace(b"MARK", b"a long while")
        return response

    response = app.test_client().get("/")
    assert (response.content_length, len(response.data)) == (9, 17)


def test_new_response_takes_nothing_over_from_the_old_one():
    """The status and the headers of the replaced response are gone."""
    response = orders_app.test_client().post("/orders")
    assert response.status_code == 200
    assert "Location" not in response.headers
    assert response.json == {"data": {"order": 7}}


def test_envelope_makes_a_200_of_a_404():
    """The page of a 404 is no JSON, and the new response has a status of its own."""
    response = orders_app.test_client().get("/nowhere")
    assert (response.status_code, response.json) == (200, {"data": None})


def test_later_hooks_receive_the_new_response(app):
    """The next hook gets the response that the one before returned."""
    received = []

    @app.after_request
    def look(response):
        received.append(response.get_data(as_text=True))
        return response

    @app.after_request
    def replace(response):
        return Response("replaced")

    app.add_url_rule("/", view_func=lambda: "original", endpoint="index")
    assert app.test_client().get("/").text == "replaced"
    assert received == ["replaced"]


def test_new_response_still_gets_the_session_cookie(app):
    """The session is saved on whatever response the last hook returned."""
    app.secret_key = "test"

    @app.after_request
    def replace(response):
        return Response("replaced")

    @app.get("/")
    def index():
        session["item"] = "apples"
        return "original"

    response = app.test_client().get("/")
    assert response.text == "replaced"
    assert response.headers["Set-Cookie"].startswith("session=")


def test_hook_can_read_the_body_of_a_default_error_page(app, steps):
    """It counts as streamed, but isn't a file, so get_data works."""

    @app.after_request
    def read(response):
        steps.append((response.is_streamed, response.get_data()[:15]))
        return response

    app.test_client().get("/nowhere")
    assert steps == [(True, b"<!doctype html>")]
