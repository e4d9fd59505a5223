"""What the recipe says of users, threads and filters in a log."""

import io
import logging
import logging.handlers
import queue
import threading

import pytest
from flask import copy_current_request_context, g, request_started

from snippets.recipes import user_in_log

LINE = logging.Formatter("%(name)s user %(user_id)s: %(message)s")


@pytest.fixture
def client():
    """A client of the recipe's app whose user has the ID 12."""
    client = user_in_log.app.test_client()
    with client.session_transaction(base_url="https://localhost") as stored:
        stored["user_id"] = 12
    return client


def lines_of(client, path="/orders/7"):
    """Return the lines that a request writes."""
    log = io.StringIO()
    client.get(path, base_url="https://localhost", errors_stream=log)
    return log.getvalue().splitlines()


def test_every_line_of_a_request_has_the_id_of_its_user(client, monkeypatch):
    """Also the one about a crash."""
    assert ["user 12" in line for line in lines_of(client)] == [True]
    monkeypatch.setitem(user_in_log.app.view_functions, "show_order", crash)
    first, *_ = lines_of(client)
    assert "user 12] Exception on /orders/7 [GET]" in first


def crash(number):
    raise KeyError(number)


def test_line_of_a_visitor_has_a_dash_for_a_user():
    """The ID of the request is there."""
    (line,) = lines_of(user_in_log.app.test_client())
    assert line.endswith(" user -] Order 7 is shown")
    assert not line.startswith("INFO [- ")


def test_line_has_dashes_outside_a_request_and_in_a_command(capsys):
    """An app context alone has a g with nothing on it."""
    user_in_log.app.logger.info("starting")
    with user_in_log.app.app_context():
        user_in_log.app.logger.info("sending")
    assert capsys.readouterr().err == (
        "INFO [- user -] starting\nINFO [- user -] sending\n"
    )


@pytest.mark.parametrize("copy", [copy_current_request_context, lambda work: work])
def test_line_of_a_thread_has_no_user_of_the_request_that_started_it(
    client, monkeypatch, capsys, copy
):
    """A copied request context has a g of its own."""

    def start(number):
        work = copy(lambda: user_in_log.app.logger.info("in a thread"))
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        return ""

    monkeypatch.setitem(user_in_log.app.view_functions, "show_order", start)
    written = lines_of(client) + capsys.readouterr().err.splitlines()
    assert written == ["INFO [- user -] in a thread"]


def test_line_before_the_before_request_function_has_a_dash(client):
    """A receiver of request_started runs earlier; so register the function first."""

    def log(sender):
        sender.logger.info("request_started")

    with request_started.connected_to(log, user_in_log.app):
        first, second = lines_of(client)
    assert first == "INFO [- user -] request_started"
    assert second.endswith(" user 12] Order 7 is shown")


@pytest.fixture
def loggers(app):
    """An app whose view logs with a logger below that of its handler."""
    shop, orders = logging.getLogger("shop"), logging.getLogger("shop.orders")
    app.before_request(lambda: setattr(g, "user_id", 12))
    app.add_url_rule("/", "show", lambda: orders.warning("shown") or "order")
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(LINE)
    shop.addHandler(handler)
    yield shop, handler
    shop.handlers.clear()
    shop.filters.clear()


def test_filter_of_a_logger_misses_the_lines_of_the_loggers_below_it(
    app, loggers, capsys
):
    """The handler then gets a record without the field, and the line is lost."""
    shop, handler = loggers
    shop.addFilter(user_in_log.AddIds())
    app.test_client().get("/")
    assert handler.stream.getvalue() == ""
    assert "Formatting field not found in record: 'user_id'" in capsys.readouterr().err


def test_filter_of_a_handler_sees_the_lines_of_every_logger(app, loggers):
    """All that reach the handler."""
    shop, handler = loggers
    handler.addFilter(user_in_log.AddIds())
    app.add_url_rule("/shop", "index", lambda: shop.warning("shop") or "shop")
    for path in "/", "/shop":
        app.test_client().get(path)
    assert handler.stream.getvalue().splitlines() == [
        "shop.orders user 12: shown",
        "shop user 12: shop",
    ]


def test_record_factory_adds_a_field_for_every_logger_and_handler(app, loggers):
    """There is one for the process."""
    _, handler = loggers
    make = logging.getLogRecordFactory()
    add = user_in_log.AddIds().filter

    def make_with_ids(*arguments, **options):
        record = make(*arguments, **options)
        add(record)
        return record

    logging.setLogRecordFactory(make_with_ids)
    try:
        app.test_client().get("/")
    finally:
        logging.setLogRecordFactory(make)
    assert handler.stream.getvalue() == "shop.orders user 12: shown\n"


@pytest.mark.parametrize("place", ["queue", "listener"])
def test_filter_of_a_queue_handler_knows_the_user_and_that_of_its_listener_does_not(
    app, loggers, place
):
    """The listener writes the line in a thread of its own."""
    shop, handler = loggers
    records = queue.SimpleQueue()
    queued = logging.handlers.QueueHandler(records)
    shop.handlers[:] = [queued]
    (queued if place == "queue" else handler).addFilter(user_in_log.AddIds())
    listener = logging.handlers.QueueListener(records, handler)
    listener.start()
    app.test_client().get("/")
    listener.stop()
    user = "12" if place == "queue" else "-"
    assert handler.stream.getvalue() == f"shop.orders user {user}: shown\n"


def test_static_file_of_an_app_that_logs_users_varies_by_no_cookie(client):
    """The session isn't read for it, so that caches may share the file."""
    response = client.get("/static/logo.svg", base_url="https://localhost")
    assert "Vary" not in response.headers
    page = client.get("/orders/7", base_url="https://localhost")
    assert page.headers["Vary"] == "Cookie"
