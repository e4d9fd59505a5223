"""SQLite in memory and at a relative path: which database a connection opens."""

import sqlite3
from contextlib import closing

import pytest
from flask import g


@pytest.fixture
def shop(app):
    """An app that opens app.config["SHOP"] once in each app context."""

    def get_database():
        if "database" not in g:
            g.database = sqlite3.connect(app.config["SHOP"])
        return g.database

    @app.teardown_appcontext
    def close_database(error):
        g.pop("database").close()

    @app.post("/orders")
    def make_table():
        get_database().execute("CREATE TABLE orders (product TEXT)")
        return "made"

    @app.get("/orders")
    def count_orders():
        return str(len(get_database().execute("SELECT * FROM orders").fetchall()))

    app.testing = True
    app.get_database = get_database
    return app


@pytest.mark.parametrize("where", ["request", "context"])
def test_each_connection_to_memory_has_a_database_of_its_own(shop, where):
    """A table that one app context or request made is missing in the next."""
    shop.config["SHOP"] = ":memory:"
    client = shop.test_client()
    if where == "request":
        assert client.post("/orders").text == "made"
    else:
        with shop.app_context():
            shop.get_database().execute("CREATE TABLE orders (product TEXT)")
    with pytest.raises(sqlite3.OperationalError) as caught:
        client.get("/orders")
    assert str(caught.value) == "no such table: orders"


def test_two_connections_to_memory_at_once_share_nothing():
    """Also while both are open."""
    with (
        closing(sqlite3.connect(":memory:")) as one,
        closing(sqlite3.connect(":memory:")) as other,
    ):
        one.execute("CREATE TABLE orders (product TEXT)")
        with pytest.raises(sqlite3.OperationalError, match=r"^no such table: orders$"):
            other.execute("SELECT * FROM orders")


def test_relative_path_is_another_database_in_another_folder(
    shop, tmp_path, monkeypatch
):
    """SQLite looks in the folder that the process runs in, and makes an empty file."""
    shop.config["SHOP"] = "shop.db"
    client = shop.test_client()
    for folder in "one", "two":
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / "one")
    client.post("/orders")
    assert client.get("/orders").text == "0"
    monkeypatch.chdir(tmp_path / "two")
    with pytest.raises(sqlite3.OperationalError, match=r"^no such table: orders$"):
        client.get("/orders")
    assert (tmp_path / "two" / "shop.db").exists()
