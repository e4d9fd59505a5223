"""A database connection that plain and async functions of a request share."""

import contextlib
import sqlite3

import pytest
from flask import g

REFUSED = "SQLite objects created in a thread can only be used in that same thread."


@pytest.fixture
def opened():
    """Return a function that opens a connection; close all at the end."""
    with contextlib.ExitStack() as stack:

        def connect():
            connection = sqlite3.connect(":memory:")
            stack.callback(connection.close)
            return connection

        yield connect


def answer(use):
    """Return what a function returns, or the message that SQLite refuses it with."""
    try:
        return use()
    except sqlite3.ProgrammingError as error:
        return str(error).partition(" The object")[0]


def count(database):
    return database.execute("SELECT 3").fetchone()[0]


def test_connection_of_a_plain_hook_is_refused_in_an_async_view(app, opened):
    """The view runs in another thread; a plain view may use it."""

    @app.before_request
    def open_database():
        g.database = opened()

    @app.get("/async")
    async def show_async():
        return {"orders": answer(lambda: count(g.database))}

    @app.get("/plain")
    def show_plain():
        return {"orders": answer(lambda: count(g.database))}

    client = app.test_client()
    assert client.get("/async").json == {"orders": REFUSED}
    assert client.get("/plain").json == {"orders": 3}


def test_connection_of_an_async_view_cannot_be_closed_by_a_plain_function(app, steps):
    """A teardown function runs in the request's thread, the view ran in another."""

    @app.teardown_appcontext
    def close_database(error):
        steps.append(answer(g.database.close))

    @app.get("/")
    async def show_orders():
        g.database = sqlite3.connect(":memory:")
        return str(count(g.database))

    assert app.test_client().get("/").text == "3"
    assert steps == [REFUSED]


def test_connection_opened_and_closed_in_an_async_view_is_used_in_one_thread(app):
    """Nothing of it is left for the teardown functions."""

    @app.get("/")
    async def show_orders():
        with contextlib.closing(sqlite3.connect(":memory:")) as database:
            return str(count(database))

    assert app.test_client().get("/").text == "3"
