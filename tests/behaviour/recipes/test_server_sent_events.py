"""What the recipe says of server-sent events."""

import contextlib
import itertools
import sqlite3

import pytest
from flask import Response

from snippets.recipes import server_sent_events as shop

ADD = "INSERT INTO changes (order_id, status) VALUES (?, ?)"


class Shop:
    """The recipe's database and a client of its app."""

    def __init__(self, database):
        self.database = database
        self.client = shop.app.test_client()
        self.pauses = []

    def add(self, status, order=7):
        self.database.execute(ADD, (order, status))
        self.database.commit()

    def watch(self, last=None, **options):
        headers = {} if last is None else {"Last-Event-ID": last}
        return self.client.get("/orders/7/events", headers=headers, **options)


@pytest.fixture
def orders(monkeypatch):
    """The shop, whose pauses take no time and run what the test has put there."""
    with contextlib.closing(shop.connect()) as database:
        database.execute(
            "CREATE TABLE changes (id INTEGER PRIMARY KEY, order_id, status)"
        )
        kept = Shop(database)
        monkeypatch.setattr(shop.time, "sleep", lambda _: kept.pauses.pop(0)())
        yield kept


def received(text):
    """Return the data of each event, as a browser reads them."""
    found, data = [], []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        field, _, value = line.partition(":")
        if not line and data:
            found.append("\n".join(data))
            data = []
        elif field == "data":
            data.append(value.removeprefix(" "))
    return found


def test_event_is_sent_that_was_written_after_the_stream_began(orders):
    """The generator asks the database again after each pause."""
    orders.add("packed")
    orders.pauses += [lambda: orders.add("sent"), lambda: orders.add("delivered")]
    response = orders.watch()
    assert received(response.text) == [
        '{"status": "packed"}', '{"status": "sent"}', '{"status": "delivered"}'
    ]  # fmt: skip


def test_comment_is_sent_while_there_is_no_event(orders):
    """A line that begins with a colon: browsers ignore it."""
    orders.pauses += [lambda: orders.add("delivered")]
    text = orders.watch().text
    assert text.startswith(": no change\n\nid: 1\n")
    assert received(text) == ['{"status": "delivered"}']


@pytest.mark.parametrize(
    ("last", "sent"),
    [
        (None, ["packed", "sent", "delivered"]),
        ("1", ["sent", "delivered"]),
        ("2", ["delivered"]),
        ("tea", ["packed", "sent", "delivered"]),
    ],
)
def test_browser_that_comes_back_gets_the_events_after_its_last_one(orders, last, sent):
    """What is no number is ignored: all events are sent."""
    for status in "packed", "sent", "delivered":
        orders.add(status)
    response = orders.watch(last)
    assert response.status_code == 200
    assert received(response.text) == [f'{{"status": "{each}"}}' for each in sent]


def test_browser_that_has_the_last_event_gets_a_204(orders):
    """An event of another order is no reason for it."""
    orders.add("delivered", order=8)
    orders.add("delivered")
    assert orders.watch("2").status_code == 204
    assert received(orders.watch("1").text) == ['{"status": "delivered"}']


FORGED = 'tea\n\ndata: {"status": "delivered"}\n\ndata: tea'


def test_newline_in_json_makes_no_second_event(orders):
    """It is two characters there, a backslash and an n."""
    orders.add(FORGED)
    orders.add("delivered")
    first, last = received(orders.watch().text)
    assert shop.json.loads(first) == {"status": FORGED}
    assert shop.json.loads(last) == {"status": "delivered"}


def test_newline_in_plain_text_forges_an_event(app):
    """Text of a user that is written after "data: " as it is."""
    app.add_url_rule("/", "events", lambda: Response(iter([f"data: {FORGED}\n\n"])))
    text = app.test_client().get("/").text
    assert received(text) == ["tea", '{"status": "delivered"}', "tea"]


def test_event_stream_may_not_be_stored_or_held_back(orders):
    """X-Accel-Buffering is a header that nginx reads."""
    orders.add("delivered")
    headers = orders.watch().headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Accel-Buffering"] == "no"
    assert headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert "Content-Length" not in headers


def test_event_stream_has_no_connection_open_while_it_waits(orders, monkeypatch):
    """Each query opens one and closes it."""
    opened = []
    connect = shop.connect
    monkeypatch.setattr(shop, "connect", lambda: opened.append(connect()) or opened[-1])

    def look():
        for connection in opened:
            with pytest.raises(sqlite3.ProgrammingError, match="closed"):
                connection.execute("SELECT 1")
        orders.add("delivered")

    orders.pauses += [look]
    orders.add("packed")
    assert len(received(orders.watch().text)) == 2
    assert len(opened) == 3


@pytest.mark.parametrize(
    "read",
    [
        lambda response: response.get_data(),
        lambda response: response.add_etag(),
        lambda response: response.calculate_content_length(),
    ],
)
def test_hook_that_reads_an_event_stream_waits_for_its_end(app, steps, read):
    """The body, an ETag or a length: no event is sent before the last one is made."""

    def events():
        for number in "1", "2":
            steps.append(number)
            yield f"data: {number}\n\n"

    @app.after_request
    def read_body(response):
        read(response)
        steps.append("hook")
        return response

    app.add_url_rule("/", "events", lambda: Response(events()))
    assert received(app.test_client().get("/").text) == ["1", "2"]
    assert steps == ["1", "2", "hook"]


def test_test_client_returns_an_endless_stream_after_its_first_event(app, steps):
    """Others are made as the test reads them; close ends the generator."""

    def events():
        try:
            for number in itertools.count(1):
                steps.append(number)
                yield f"data: {number}\n\n"
        finally:
            steps.append("finally")

    app.add_url_rule("/", "events", lambda: Response(events()))
    response = app.test_client().get("/")
    assert steps == [1]
    pieces = response.iter_encoded()
    assert [next(pieces), next(pieces)] == [b"data: 1\n\n", b"data: 2\n\n"]
    response.close()
    assert steps == [1, 2, "finally"]


@pytest.mark.parametrize("testing", [False, True])
def test_exception_of_a_stream_comes_out_of_the_test_client_or_of_text(app, testing):
    """Before the first piece out of client.get, later where the body is read."""
    app.testing = testing

    @app.get("/<int:good>")
    def send_events(good):
        def events():
            yield from ["data: 1\n\n"] * good
            raise ValueError("no stock")

        return Response(events())

    client = app.test_client()
    with pytest.raises(ValueError, match=r"^no stock$"):
        client.get("/0")
    response = client.get("/1")
    assert response.status_code == 200
    with pytest.raises(ValueError, match=r"^no stock$"):
        response.get_data(as_text=True)
