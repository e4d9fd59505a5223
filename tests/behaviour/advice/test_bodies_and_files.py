"""Tags, logs and headers of pages, streams and sent files."""

import io
import weakref

import pytest
from flask import Response, jsonify, request, send_file, send_from_directory

from snippets.questions import add_etag, log_the_body


@pytest.fixture
def pages(app, tmp_path):
    """An app with a page, a stream and two sent files."""
    (tmp_path / "tea.txt").write_text("green")
    app.add_url_rule("/", "index", lambda: "Tea", methods=["GET", "POST"])
    app.add_url_rule("/stream", "stream", lambda: iter(["a", "b"]))
    app.add_url_rule("/file", "file", lambda: send_file(tmp_path / "tea.txt"))
    app.add_url_rule(
        "/memory", "memory", lambda: send_file(io.BytesIO(b"x"), "text/plain")
    )
    return app


def test_etag_is_added_to_pages_and_to_nothing_else(pages):
    """Errors, streams and files are left alone, and POST makes no 304."""
    pages.after_request(add_etag.add_etag)
    client = pages.test_client()
    etag = client.get("/").headers["ETag"]
    kept = {"If-None-Match": etag}
    assert client.get("/", headers=kept).status_code == 304
    assert client.post("/", headers=kept).status_code == 200
    for path, status in ("/nowhere", 404), ("/stream", 200), ("/memory", 200):
        with client.get(path, headers={"If-None-Match": "*"}) as response:
            assert response.status_code == status
            assert "ETag" not in response.headers
    with client.get("/stream", buffered=False) as response:
        assert response.is_streamed


def test_etag_without_a_condition_breaks_errors_and_files(pages):
    """A 404 becomes a 304, and a file in memory a 500."""

    @pages.after_request
    def tag_everything(response):
        response.add_etag()
        return response.make_conditional(request)

    client = pages.test_client()
    kept = {"If-None-Match": client.get("/nowhere").headers["ETag"]}
    assert client.get("/nowhere", headers=kept).status_code == 304
    assert client.get("/memory").status_code == 500


@pytest.mark.parametrize("handled", [False, True])
def test_default_error_page_counts_as_streamed_and_is_not_logged(app, capsys, handled):
    """The page of an error handler is a body in memory."""
    app.after_request(log_the_body.log_body)
    if handled:
        app.register_error_handler(404, lambda error: ("no tea", 404))
    app.test_client().get("/nowhere")
    assert capsys.readouterr().out == ("'/nowhere' b'no tea'\n" if handled else "")


def test_header_of_a_hook_is_sent_with_the_304_of_a_file(app, tmp_path):
    """Only headers that describe a body are taken out."""
    (tmp_path / "tea.txt").write_text("green")
    app.add_url_rule("/", "file", lambda: send_from_directory(tmp_path, "tea.txt"))

    @app.after_request
    def add_headers(response):
        response.headers["X-Shop"] = "tea"
        response.headers["Content-Language"] = "en"
        return response

    def ask(**headers):
        with app.test_client().get("/", headers=headers) as response:
            return response

    whole = ask()
    unchanged = ask(If_None_Match=whole.headers["ETag"])
    assert unchanged.status_code == 304
    assert unchanged.headers["X-Shop"] == "tea"
    assert {"ETag", "Cache-Control"} <= set(unchanged.headers.keys())
    for name in "Content-Type", "Content-Length", "Content-Language":
        assert name in whole.headers
        assert name not in unchanged.headers


def test_close_of_a_response_class_is_not_called_for_a_sent_file(pages, steps):
    """The server gets the file, and not the response that has the method."""

    class Closing(Response):
        def close(self):
            steps.append(path)
            super().close()

    pages.response_class = Closing
    for path in "/", "/stream", "/file", "/memory":
        environ = pages.test_request_context(path).request.environ
        body = pages.wsgi_app(environ, lambda status, headers: None)
        assert b"".join(body)
        getattr(body, "close", lambda: None)()
    assert steps == ["/", "/stream"]


def test_weak_reference_to_the_response_ends_before_the_file_is_sent(app, tmp_path):
    """The response is freed when the app has returned its body."""
    path = tmp_path / "tea.txt"
    path.write_text("green")

    @app.get("/")
    def send_tea():
        response = send_file(path)
        weakref.finalize(response, path.unlink)
        return response

    environ = app.test_request_context("/").request.environ
    body = app.wsgi_app(environ, lambda status, headers: None)
    assert not path.exists()
    assert b"".join(body) == b"green"
    body.close()


@pytest.mark.parametrize("pack", [lambda rows: {"rows": rows}, jsonify])
def test_generator_in_json_is_no_json(app, pack):
    """A list of it is."""
    app.add_url_rule("/", "index", lambda: pack(row for row in "ab"))
    app.add_url_rule("/list", "list", lambda: pack(list("ab")))
    app.testing = True
    client = app.test_client()
    with pytest.raises(TypeError, match="type generator is not JSON serializable"):
        client.get("/")
    assert client.get("/list").get_json()


@pytest.mark.parametrize("pack", [lambda value: {"user": value}, lambda value: [value]])
def test_response_inside_json_is_no_json(app, pack):
    """In a dict and in a list; the value that was given to jsonify is."""
    app.add_url_rule("/", "index", lambda: pack(jsonify(name="ada")))
    app.add_url_rule("/plain", "plain", lambda: pack({"name": "ada"}))
    app.testing = True
    client = app.test_client()
    with pytest.raises(TypeError) as caught:
        client.get("/")
    assert str(caught.value) == "Object of type Response is not JSON serializable"
    assert client.get("/plain").json == pack({"name": "ada"})
