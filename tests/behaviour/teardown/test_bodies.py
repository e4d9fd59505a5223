"""The body of a request, and its files, in teardown functions."""

import io

import pytest
from flask import request
from werkzeug.datastructures import FileStorage


@pytest.mark.parametrize(
    ("sent", "left"),
    [({"json": {"tea": 1}}, True), ({"data": {"tea": "1"}}, False)],
    ids=["json", "form"],
)
def test_teardown_request_function_can_read_the_body_that_was_kept(
    app, steps, sent, left
):
    """The JSON that the view has read is still there; of a form that was read, none."""
    app.teardown_request(lambda error: steps.append(len(request.get_data()) > 0))

    @app.post("/")
    def index():
        return str(len(request.get_json(silent=True) or request.form))

    assert app.test_client().post("/", **sent).text == "1"
    assert steps == [left]


def test_uploaded_files_are_open_in_teardown_request_and_closed_after_it(app, steps):
    """Flask closes them when the context ends."""
    files = []

    @app.teardown_request
    def look(error):
        files.append(request.files["photo"])
        steps.append(files[0].closed)

    app.add_url_rule(
        "/", "index", lambda: request.files["photo"].name, methods=["POST"]
    )
    data = {"photo": (io.BytesIO(b"teapot"), "teapot.jpg")}
    assert app.test_client().post("/", data=data).text == "photo"
    assert isinstance(files[0], FileStorage)
    assert (steps, files[0].closed) == ([False], True)


@pytest.mark.parametrize(("size", "on_disk"), [(400_000, False), (600_000, True)])
def test_upload_over_500_kb_is_a_temporary_file_and_a_smaller_one_is_in_memory(
    app, size, on_disk
):
    """Werkzeug writes it to disk while it parses the form."""

    @app.post("/")
    def upload():
        stream = request.files["photo"].stream
        return [isinstance(stream, io.BytesIO), bool(getattr(stream, "_rolled", False))]

    head = b'Content-Disposition: form-data; name="photo"; filename="teapot.jpg"'
    data = b"--cut\r\n%s\r\n\r\n%s\r\n--cut--\r\n" % (head, b"x" * size)
    kind = "multipart/form-data; boundary=cut"
    response = app.test_client().post("/", data=data, content_type=kind)
    in_memory, rolled = response.json
    assert rolled == on_disk
    assert not (in_memory and on_disk)
