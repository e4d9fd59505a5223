"""What a hook that reads the JSON or the raw body of a request finds and leaves."""

import gzip

import pytest
from flask import Response, request

from snippets.questions import gzip_pages, webhook_signature


@pytest.mark.parametrize("options", [{}, {"silent": True}, {"force": True}])
@pytest.mark.parametrize(("value", "changed"), [({}, {"by": "ada"}), ([], ["ada"])])
def test_json_that_a_hook_changes_is_what_the_view_gets(app, options, value, changed):
    """get_json keeps its dict or list; the bytes of the body stay as they were."""

    @app.before_request
    def add_name():
        sent = request.get_json(**options)
        sent.append("ada") if sent == [] else sent.update(by="ada")

    @app.post("/")
    def index():
        return [request.get_json(), request.json, request.get_data(as_text=True)]

    response = app.test_client().post("/", json=value)
    sent = "[]" if value == [] else "{}"
    assert response.json == [changed, changed, sent]


@pytest.mark.parametrize("method", ["GET", "DELETE", "POST"])
@pytest.mark.parametrize(
    ("debug", "text"),
    [
        (False, "The browser (or proxy) sent a request that this server could not"),
        (True, "Failed to decode JSON object: "),
    ],
)
def test_json_header_without_a_body_is_a_400_in_a_hook_that_asks_is_json(
    app, method, debug, text
):
    """is_json looks at the header only; silent=True returns None."""
    app.debug = debug

    @app.before_request
    def read_json():
        if request.is_json:
            request.get_json(silent="silent" in request.args)

    app.add_url_rule("/", "index", lambda: "Tea", methods=[method])
    sent = {"method": method, "content_type": "application/json"}
    response = app.test_client().open("/", **sent)
    assert (response.status_code, text in response.text) == (400, True)
    assert app.test_client().open("/?silent=1", **sent).text == "Tea"


def test_signature_is_of_the_bytes_that_were_sent():
    """The same JSON with other spaces has another one."""
    client = webhook_signature.app.test_client()
    signed = {"X-Signature": webhook_signature.sign(b'{"paid": 7}')}
    for body, status in ((b'{"paid": 7}', 200), (b'{"paid":7}', 401)):
        response = client.post("/hooks/paid", data=body, headers=signed)
        assert response.status_code == status


@pytest.mark.parametrize("first", [True, False])
def test_form_that_is_read_first_leaves_nothing_to_sign(app, first):
    """get_data before anything that reads the form has the whole body."""

    @app.before_request
    def read():
        if first:
            request.get_data()
        request.form.get("paid")

    app.add_url_rule("/", "index", lambda: request.get_data(), methods=["POST"])
    found = app.test_client().post("/", data={"paid": 7}).data
    assert found == (b"paid=7" if first else b"")


@pytest.mark.parametrize("header", ["wrong", "é", ""])
def test_webhook_with_a_wrong_signature_reaches_no_view(header):
    """Whatever the header is."""
    client = webhook_signature.app.test_client()
    signature = header.encode().decode("latin-1")
    response = client.post("/hooks/paid", data="{}", headers={"X-Signature": signature})
    assert response.status_code == 401


@pytest.mark.parametrize("accepted", [None, "gzip", "br, gzip;q=0.5", "*", "gzip;q=0"])
def test_page_is_compressed_for_clients_that_accept_gzip(accepted):
    """Caches learn from Vary that the others get another body."""
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    response = gzip_pages.app.test_client().get("/", headers=headers)
    assert response.headers["Vary"] == "Accept-Encoding"
    packed = accepted not in {None, "gzip;q=0"}
    assert response.content_encoding == ("gzip" if packed else None)
    body = gzip.decompress(response.data) if packed else response.data
    assert body == b"<p>Tea</p>" * 100
    assert response.content_length == len(response.data)


@pytest.mark.parametrize(
    ("body", "options", "headers"),
    [
        ("{}", {"mimetype": "application/json"}, {}),
        (iter(["<p>", "Tea"]), {"mimetype": "text/html"}, {}),
        ("packed", {"mimetype": "text/html"}, {"Content-Encoding": "br"}),
        ("<p>", {"mimetype": "text/html"}, {"ETag": '"tea"'}),
    ],
)
def test_stream_and_what_has_an_encoding_or_an_etag_is_not_compressed(
    app, body, options, headers
):
    """Nor anything but HTML."""
    app.after_request(gzip_pages.compress)
    view = Response(body, headers=headers, **options)
    app.add_url_rule("/", "index", lambda: view)
    response = app.test_client().get("/", headers={"Accept-Encoding": "gzip"})
    assert response.content_encoding == headers.get("Content-Encoding")
    assert response.text == (body if isinstance(body, str) else "<p>Tea")
