"""The bakery of the Learn page: what each of its steps shows."""

import runpy

import pytest
from flask import Response, request, send_file

from snippets.after_request_learn import notice_then_count, time_requests
from snippets.after_request_learn.blame_the_next import app as forgetful
from snippets.after_request_learn.change_pages_only import app as pages
from snippets.after_request_learn.closed_for_holidays import app as closed
from snippets.after_request_learn.crash_in_a_test import app as in_test
from snippets.after_request_learn.error_pages import app as errors
from snippets.after_request_learn.leave_it_to_the_view import app as polite
from snippets.after_request_learn.mark_created import app as shop
from snippets.after_request_learn.new_response import app as replaced
from snippets.after_request_learn.orders_blueprint import app as divided
from snippets.after_request_learn.read_request import app as by_path
from snippets.after_request_learn.smallest_hook import app as smallest


def cache_rules(app, *paths):
    client = app.test_client()
    return [client.get(path).headers["Cache-Control"] for path in paths]


def test_hook_sends_a_cache_rule_with_every_page():
    """One hook is enough for pages that exist and for those that don't."""
    assert cache_rules(smallest, "/", "/cakes") == ["max-age=60", "max-age=60"]


def test_hook_can_choose_a_header_by_the_path_of_the_request():
    """The request is still there when the hook runs, and may be asked."""
    assert cache_rules(by_path, "/", "/orders/7") == ["max-age=60", "private"]


def test_view_without_a_header_gets_the_default_of_the_hook():
    """setdefault in a hook fills the gap; the view that sets it is left alone."""
    assert cache_rules(polite, "/", "/orders/7") == ["max-age=60", "private"]


def test_hook_can_change_the_status_of_some_responses_only():
    """A POST that went well becomes 201; a GET and a POST to nowhere stay."""
    client = shop.test_client()
    assert client.post("/orders").status == "201 CREATED"
    assert client.get("/orders/7").status == "200 OK"
    assert client.post("/cakes").status == "404 NOT FOUND"


def test_hook_that_asks_for_html_leaves_json_alone():
    """The mimetype tells a page from data: JSON stays valid."""
    client = pages.test_client()
    assert client.get("/").text == "Rye, spelt, seeded rolls\nClosed on Mondays"
    assert client.get("/orders/7").json == {"items": "2 rye"}


def test_default_error_page_counts_as_streamed_and_that_of_a_handler_does_not(app):
    """Flask converts its own 404 page from a WSGI application: an iterator."""
    streamed = []

    @app.after_request
    def look(response):
        streamed.append((response.mimetype, response.is_streamed))
        return response

    app.register_error_handler(405, lambda error: ("Bread is not for that", 405))
    app.add_url_rule("/", "index", lambda: "Rye")
    client = app.test_client()
    client.get("/cakes")
    client.post("/")
    assert streamed == [("text/html", True), ("text/html", False)]


def test_hook_that_leaves_streams_alone_leaves_default_error_pages_alone():
    """They count as streamed: the 404 is sent without the notice."""
    page = pages.test_client().get("/cakes")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "Closed on Mondays" not in page.text


def test_sent_files_and_generators_count_as_streamed(app, tmp_path):
    """is_streamed is true for a body that is not in memory."""
    (tmp_path / "breads.html").write_text("Rye")
    app.add_url_rule("/file", "file", lambda: send_file(tmp_path / "breads.html"))
    app.add_url_rule("/rows", "rows", lambda: iter(["Rye"]))
    app.add_url_rule("/text", "text", lambda: "Rye")
    streamed = {}

    @app.after_request
    def look(response):
        streamed[request.path] = (response.mimetype, response.is_streamed)
        return response

    for path in "/file", "/rows", "/text":
        with app.test_client().get(path) as response:
            assert response.text == "Rye"
    assert streamed == {
        "/file": ("text/html", True),
        "/rows": ("text/html", True),
        "/text": ("text/html", False),
    }


def test_new_response_of_a_hook_gets_the_headers_of_later_hooks_only():
    """Status and header of the view are lost; the hook behind sets its default."""
    response = replaced.test_client().get("/orders/7")
    assert (response.status, response.text) == ("200 OK", "Closed on Mondays")
    assert response.headers["Cache-Control"] == "max-age=60"


def test_headers_can_be_taken_over_into_a_new_response(app):
    """A hook that replaces the response may pass the old status and headers on."""
    app.add_url_rule("/", "index", lambda: ("Rye", 202, {"X-Oven": "2"}))

    @app.after_request
    def replace(response):
        return Response("Spelt rolls", response.status, response.headers)

    response = app.test_client().get("/")
    assert (response.status_code, response.headers["X-Oven"]) == (202, "2")
    assert (response.text, response.content_length) == ("Spelt rolls", 11)


def test_hook_that_counts_must_be_registered_before_the_one_that_adds():
    """Registered first it runs last, and counts the line that was added."""
    registered = [
        hook.__name__ for hook in notice_then_count.app.after_request_funcs[None]
    ]
    assert registered == ["set_cache_rule", "count_lines", "add_notice"]
    assert notice_then_count.app.test_client().get("/").headers["X-Lines"] == "2"


def test_hook_that_counts_misses_the_line_when_it_is_registered_last():
    """The same three hooks in another order: it runs first, and counts too early."""
    app = runpy.run_path(notice_then_count.__file__)["app"]
    hooks = app.after_request_funcs[None]
    hooks.append(hooks.pop(1))
    assert [hook.__name__ for hook in hooks][1:] == ["add_notice", "count_lines"]
    assert app.test_client().get("/").headers["X-Lines"] == "1"


def test_error_of_a_forgotten_return_names_the_hook_that_runs_next():
    """The last line of the traceback stands in the innocent hook."""
    with pytest.raises(
        AttributeError, match=r"^'NoneType' object has no attribute 'headers'$"
    ) as caught:
        forgetful.test_client().get("/")
    assert caught.traceback[-1].name == "set_cache_rule"
    assert "add_notice" not in [entry.name for entry in caught.traceback]


def test_hook_can_tell_an_error_page_by_its_status():
    """A page may be kept, a 404 and the 500 of a crash may not."""
    assert cache_rules(errors, "/", "/cakes", "/orders/9") == [
        "max-age=60",
        "no-store",
        "no-store",
    ]


def test_hook_is_not_called_for_a_crash_in_a_test_and_is_for_a_404(capsys):
    """app.testing lets the exception out; an HTTP error is a response still."""
    client = in_test.test_client()
    with pytest.raises(KeyError, match=r"^9$"):
        client.get("/orders/9")
    assert capsys.readouterr().out == ""
    assert client.get("/cakes").status_code == 404
    assert capsys.readouterr().out == "hook: 404 NOT FOUND\n"


def test_default_of_an_app_hook_gives_way_to_the_hook_of_a_blueprint():
    """The blueprint's hook runs first, so setdefault finds its header."""
    assert cache_rules(divided, "/", "/orders/7") == ["max-age=60", "private"]


def test_unknown_url_below_the_prefix_gets_the_rule_of_the_app_only():
    """/orders/seven matches no view, so the blueprint's hook is not called."""
    assert cache_rules(divided, "/orders/seven") == ["no-store"]


def test_early_answer_passes_the_hooks_of_blueprint_and_app(monkeypatch):
    """The view is not called; both hooks are, and the page gets both rules."""
    response = closed.test_client().get("/orders/7")
    assert (response.status_code, response.text) == (503, "Back in August")
    assert response.headers["Cache-Control"] == "private"
    monkeypatch.setitem(closed.config, "HOLIDAYS", False)
    assert closed.test_client().get("/orders/7").json == {"items": "2 rye"}


def test_time_of_a_request_is_what_passes_between_two_hooks(monkeypatch):
    """before_request keeps the start on g, after_request reads it there."""
    clock = iter([10.0, 10.25])
    monkeypatch.setattr(time_requests, "perf_counter", lambda: next(clock))
    response = time_requests.app.test_client().get("/")
    assert response.headers["Server-Timing"] == "bakery;dur=250.000"


def test_hook_can_set_a_cookie_on_the_response(app):
    """response.set_cookie works in a hook as it does in a view."""

    @app.after_request
    def remember(response):
        response.set_cookie("visited", "yes")
        return response

    app.add_url_rule("/", "index", lambda: "Rye")
    assert app.test_client().get("/").headers["Set-Cookie"] == "visited=yes; Path=/"


def test_hook_can_be_registered_without_the_decorator(app):
    """app.after_request(function) is what the decorator does."""

    def sign(response):
        response.headers["X-Baker"] = "Ada"
        return response

    app.after_request(sign)
    assert app.after_request_funcs[None] == [sign]
    assert app.test_client().get("/").headers["X-Baker"] == "Ada"
