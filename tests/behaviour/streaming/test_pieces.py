"""What a body may be made of, and what comes of a file that is at its end."""

import io
import zipfile
from http.client import IncompleteRead

import pytest
from flask import send_file

from tests.behaviour.advice.test_changes_of_responses import serving


@pytest.mark.parametrize("piece", [3, 1.5, None, ["tea"]])
@pytest.mark.parametrize("before", [[], ["tea"]])
def test_piece_of_a_stream_is_text_or_bytes(app, before, piece):
    """The text of a number is fine; the error is that of who reads the body."""
    app.add_url_rule("/", "index", lambda: iter([*before, piece]))
    app.add_url_rule("/text", "text", lambda: iter([*before, str(piece), b"!"]))
    client = app.test_client()
    response = client.get("/")
    assert response.status_code == 200
    place, kind = len(before), type(piece).__name__
    said = f"sequence item {place}: expected a bytes-like object, {kind} found"
    with pytest.raises(TypeError) as caught:
        response.get_data()
    assert str(caught.value) == said
    assert client.get("/text").text == f"{''.join(before)}{piece}!"


def write_text():
    file = io.BytesIO()
    file.write(b"1,lamp")
    return file


def write_zip():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("orders.csv", "1,lamp")
    return file


@pytest.mark.parametrize("write", [write_text, write_zip])
def test_file_in_memory_that_is_not_rewound_is_cut_off_on_a_server(app, write):
    """Its length is that of the whole file; the test client does not mind."""
    size = len(write().getvalue())

    @app.get("/<int:rewound>")
    def send_orders(rewound):
        file = write()
        if rewound:
            file.seek(0)
        return send_file(file, mimetype="application/octet-stream")

    with app.test_client().get("/0") as response:
        assert (response.status_code, response.data) == (200, b"")
        assert response.content_length == size
    with serving(app) as connection:
        connection.request("GET", "/0")
        with pytest.raises(IncompleteRead) as caught:
            connection.getresponse().read()
        message = f"IncompleteRead(0 bytes read, {size} more expected)"
        assert str(caught.value) == message
    with serving(app) as connection:
        connection.request("GET", "/1")
        assert len(connection.getresponse().read()) == size
