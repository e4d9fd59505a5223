"""The shop of the Learn page: what each of its sections shows."""

import gzip
import runpy

import pytest
from flask import Response, make_response, request, send_file
from werkzeug.http import generate_etag

from snippets.after_request_learn import orders_blueprint, time_then_log
from snippets.after_request_learn.add_security_headers import app as shop
from snippets.after_request_learn.blame_the_next import app as forgetful
from snippets.after_request_learn.cache_when_allowed import app as cached
from snippets.after_request_learn.change_pages_only import add_notice
from snippets.after_request_learn.change_pages_only import app as pages


def headers(app, name, *paths):
    client = app.test_client()
    return [client.get(path).headers.get(name) for path in paths]


def test_hook_adds_its_header_to_pages_and_to_unknown_urls():
    """One function covers pages that exist and pages that don't."""
    name = "X-Content-Type-Options"
    assert headers(shop, name, "/", "/nowhere") == ["nosniff", "nosniff"]


def test_nothing_is_cached_unless_the_view_allows_it():
    """setdefault keeps what the view has set and fills in no-store elsewhere."""
    assert headers(cached, "Cache-Control", "/", "/cart", "/orders/7") == [
        "public, max-age=60",
        "no-store",
        "no-store",
    ]


def test_error_pages_get_the_default_of_a_hook():
    """A 404 and the 500 of a crash must not be cached either."""
    client = cached.test_client()
    for path, status in ("/nowhere", 404), ("/orders/9", 500):
        response = client.get(path)
        assert response.status_code == status
        assert response.headers["Cache-Control"] == "no-store"


def test_static_files_keep_the_cache_rule_of_flask(app, tmp_path):
    """Flask sends them with Cache-Control: no-cache, and setdefault keeps that."""
    (tmp_path / "style.css").write_text("h1 {}")
    app.static_folder = str(tmp_path)
    app.add_url_rule("/static/<path:filename>", "static", app.send_static_file)

    @app.after_request
    def forbid_caching(response):
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    with app.test_client().get("/static/style.css") as response:
        assert response.headers["Cache-Control"] == "no-cache"


def test_cache_control_attribute_writes_the_header(app):
    """response.cache_control sets the directives one by one."""

    @app.get("/")
    def index():
        response = make_response("Tea")
        response.cache_control.public = True
        response.cache_control.max_age = 60
        return response

    rule = app.test_client().get("/").headers["Cache-Control"]
    assert sorted(rule.split(", ")) == ["max-age=60", "public"]


PAGE = "<body>Tea</body>"
LEFT_ALONE = {
    "JSON": lambda: {"tea": 1},
    "text": lambda: (PAGE, {"Content-Type": "text/plain; charset=utf-8"}),
    "another charset": lambda: (
        PAGE.replace("Tea", "Thé").encode("latin-1"),
        {"Content-Type": "text/html; charset=iso-8859-1"},
    ),
    "compressed": lambda: (
        gzip.compress(PAGE.encode()),
        {"Content-Encoding": "gzip"},
    ),
    "with an ETag": lambda: (PAGE, {"ETag": '"1"'}),
    "error page": lambda: (PAGE, 404),
    "redirect": lambda: (PAGE, 302, {"Location": "/"}),
    "stream": lambda: iter([PAGE]),
    "part": lambda: (PAGE[:4], 206, {"Content-Range": "bytes 0-3/16"}),
}


@pytest.mark.parametrize("kind", LEFT_ALONE)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_guarded_hook_leaves_every_other_body_alone(app, kind, method):
    """JSON, other charsets, compressed bodies, ETags, errors, streams, parts."""
    app.add_url_rule("/", "index", LEFT_ALONE[kind])
    plain = app.test_client().open("/", method=method)
    app.after_request_funcs[None] = [add_notice]
    hooked = app.test_client().open("/", method=method)
    assert hooked.status_code == plain.status_code < 500
    assert hooked.data == plain.data
    assert hooked.headers.to_wsgi_list() == plain.headers.to_wsgi_list()


def test_guarded_hook_leaves_sent_files_alone(app, tmp_path):
    """A sent HTML file has an ETag and is streamed."""
    (tmp_path / "page.html").write_text(PAGE)
    app.add_url_rule("/", "index", lambda: send_file(tmp_path / "page.html"))
    app.after_request(add_notice)
    with app.test_client().get("/") as response:
        assert (response.status_code, response.text) == (200, PAGE)


def test_guarded_hook_changes_ordinary_pages():
    """The notice is inside the page, and Content-Length is right."""
    response = pages.test_client().get("/")
    assert response.text.endswith("<p>We are closed on Mondays.</p></body>")
    assert response.content_length == len(response.data)


UNGUARDED = {
    "compressed": LEFT_ALONE["compressed"],
    "another charset": LEFT_ALONE["another charset"],
}


@pytest.mark.parametrize("kind", UNGUARDED)
def test_hook_that_reads_any_page_as_text_breaks_compressed_and_other_charsets(
    app, kind
):
    """mimetype and is_streamed are not enough: the bytes are not UTF-8 text."""
    app.add_url_rule("/", "index", UNGUARDED[kind])

    @app.after_request
    def add_line(response):
        if response.mimetype == "text/html" and not response.is_streamed:
            response.set_data(response.get_data(as_text=True) + "!")
        return response

    assert app.test_client().get("/").status_code == 500


def test_etag_of_a_view_does_not_follow_a_changed_body(app):
    """set_data corrects the length only: a 304 would confirm the old page."""

    @app.get("/")
    def index():
        response = make_response("Tea")
        response.add_etag()
        return response

    @app.after_request
    def add_line(response):
        response.set_data(response.get_data() + b"!")
        return response

    response = app.test_client().get("/")
    assert (response.text, response.get_etag()) == (
        "Tea!",
        (generate_etag(b"Tea"), False),
    )
    assert response.content_length == 4


def test_hook_that_asks_for_html_leaves_json_alone():
    """The content type tells a page from data: JSON stays valid."""
    client = pages.test_client()
    assert client.get("/orders/7").json == {"number": 7, "items": ["teapot"]}


def test_default_error_page_counts_as_streamed_and_that_of_a_handler_does_not(app):
    """Flask converts its own 404 page from a WSGI application: an iterator."""
    streamed = []

    @app.after_request
    def look(response):
        streamed.append((response.mimetype, response.is_streamed))
        return response

    app.register_error_handler(405, lambda error: ("Tea is not for that", 405))
    app.add_url_rule("/", "index", lambda: "Tea")
    client = app.test_client()
    client.get("/nowhere")
    client.post("/")
    assert streamed == [("text/html", True), ("text/html", False)]


def test_sent_files_and_generators_count_as_streamed(app, tmp_path):
    """is_streamed is true for a body that is not in memory."""
    (tmp_path / "teas.html").write_text("Tea")
    app.add_url_rule("/file", "file", lambda: send_file(tmp_path / "teas.html"))
    app.add_url_rule("/rows", "rows", lambda: iter(["Tea"]))
    app.add_url_rule("/text", "text", lambda: "Tea")
    streamed = {}

    @app.after_request
    def look(response):
        streamed[request.path] = (response.mimetype, response.is_streamed)
        return response

    for path in "/file", "/rows", "/text":
        with app.test_client().get(path) as response:
            assert response.text == "Tea"
    assert streamed == {
        "/file": ("text/html", True),
        "/rows": ("text/html", True),
        "/text": ("text/html", False),
    }


def test_headers_can_be_taken_over_into_a_new_response(app):
    """A hook that replaces the response may keep the old status and headers."""
    app.add_url_rule("/", "index", lambda: ("Tea", 202, {"X-Shelf": "2"}))

    @app.after_request
    def replace(response):
        return Response("Two teapots", response.status, response.headers)

    response = app.test_client().get("/")
    assert (response.status_code, response.headers["X-Shelf"]) == (202, "2")
    assert (response.text, response.content_length) == ("Two teapots", 11)


@pytest.mark.parametrize(
    ("body", "length"), [("Two teapots", 11), (["Two", " teapots"], 3)]
)
def test_headers_taken_over_describe_the_old_body(app, body, length):
    """ETag and Content-Encoding stay; Content-Length changes for text only."""
    headers = {"ETag": '"tea"', "Content-Encoding": "br"}
    app.add_url_rule("/", "index", lambda: ("Tea", headers))

    @app.after_request
    def replace(response):
        return Response(body, response.status, response.headers)

    response = app.test_client().get("/")
    assert response.headers["ETag"] == '"tea"'
    assert response.headers["Content-Encoding"] == "br"
    assert (response.text, response.content_length) == ("Two teapots", length)


def test_hook_that_needs_a_result_must_be_registered_before_the_one_that_makes_it(
    capsys,
):
    """log_request is registered first and runs last: the time is there."""
    app = runpy.run_path(time_then_log.__file__)["app"]
    hooks = app.after_request_funcs[None]
    assert [hook.__name__ for hook in hooks] == ["log_request", "stop_timer"]
    assert app.test_client().get("/").status_code == 200
    assert capsys.readouterr().out.startswith("index 200 ")


def test_hook_that_needs_a_result_fails_when_it_is_registered_last():
    """The same two functions in the other order: g.ms is not set yet."""
    app = runpy.run_path(time_then_log.__file__)["app"]
    hooks = app.after_request_funcs[None]
    hooks.reverse()
    app.testing = True
    with pytest.raises(AttributeError, match="ms"):
        app.test_client().get("/")


def test_time_of_a_request_is_what_passes_between_two_hooks(monkeypatch, capsys):
    """before_request keeps the start on g, after_request reads it there."""
    clock = iter([10.0, 10.25])
    monkeypatch.setitem(time_then_log.app.config, "CLOCK", lambda: next(clock))
    time_then_log.app.test_client().get("/")
    assert capsys.readouterr().out == "index 200 250 ms\n"


def test_guarded_read_of_g_works_where_no_before_request_function_ran(capsys):
    """g.get has a default: an early return does no harm."""
    clocked = runpy.run_path(time_then_log.__file__)["app"]
    clocked.before_request_funcs[None].insert(0, lambda: "Early")
    assert clocked.test_client().get("/").text == "Early"
    assert capsys.readouterr().out == "index 200 0 ms\n"


def test_error_of_a_forgotten_return_names_the_hook_that_runs_next():
    """The traceback ends in the function that isn't to blame."""
    with pytest.raises(
        AttributeError, match=r"^'NoneType' object has no attribute 'headers'$"
    ) as caught:
        forgetful.test_client().get("/")
    assert caught.traceback[-1].name == "add_security_headers"
    assert "forbid_caching" not in [entry.name for entry in caught.traceback]


@pytest.mark.parametrize("setting", ["TESTING", "DEBUG"])
def test_hook_is_not_called_for_a_crash_in_a_test_and_is_for_a_404(app, steps, setting):
    """TESTING and DEBUG let the exception out; an HTTP error is still a response."""
    app.config[setting] = True
    app.after_request(lambda response: steps.append(response.status_code) or response)
    app.add_url_rule("/crash", "crash", lambda: {}["tea"])
    client = app.test_client()
    with pytest.raises(KeyError):
        client.get("/crash")
    assert steps == []
    assert client.get("/nowhere").status_code == 404
    assert steps == [404]


def test_unknown_url_below_the_prefix_does_not_meet_the_hook_of_the_blueprint():
    """/orders/seven matches no view; /orders/9 does, and its view aborts."""
    paths = "/", "/orders/7", "/orders/9", "/orders/seven"
    assert headers(orders_blueprint.app, "X-Robots-Tag", *paths) == [
        None,
        "noindex",
        "noindex",
        None,
    ]


def test_default_of_an_app_hook_gives_way_to_the_hook_of_a_blueprint():
    """The blueprint's hook runs first, so setdefault finds its header."""
    app = runpy.run_path(orders_blueprint.__file__)["app"]

    @app.after_request
    def name_app(response):
        response.headers.setdefault("X-Robots-Tag", "all")
        return response

    assert headers(app, "X-Robots-Tag", "/", "/orders/7") == ["all", "noindex"]


def test_hook_can_set_a_cookie_on_the_response(app):
    """response.set_cookie works in a hook as it does in a view."""

    @app.after_request
    def remember(response):
        response.set_cookie("visited", "yes", secure=True, httponly=True)
        return response

    app.add_url_rule("/", "index", lambda: "Tea")
    cookie = app.test_client().get("/").headers["Set-Cookie"]
    assert cookie == "visited=yes; Secure; HttpOnly; Path=/"


def test_hook_can_be_registered_without_the_decorator(app):
    """app.after_request(function) is what the decorator does."""

    def sign(response):
        response.headers["X-Shop"] = "Ada"
        return response

    app.after_request(sign)
    assert app.after_request_funcs[None] == [sign]
    assert app.test_client().get("/").headers["X-Shop"] == "Ada"
