"""What the recipe says of a primary and its replica."""

import contextlib
import sqlite3

import pytest
from flask import Flask

from snippets.recipes import read_replica

HTTPS = {"base_url": "https://localhost"}
NAME = "SELECT name FROM places"
SEEN = "INSERT INTO places VALUES ('seen')"


def names(database):
    return [name for (name,) in database.execute(NAME)]


@pytest.fixture
def places():
    """Two databases, which say in a table which of the two they are."""
    with (
        contextlib.closing(read_replica.connect(read_replica.PRIMARY)) as primary,
        contextlib.closing(read_replica.connect(read_replica.REPLICA)) as replica,
    ):
        for database, name in (primary, "primary"), (replica, "replica"):
            database.execute("CREATE TABLE places (name TEXT)")
            database.execute("INSERT INTO places VALUES (?)", [name])
            database.commit()
        yield primary, replica


@pytest.fixture
def shop(places):
    """An app with the recipe's hooks, whose view says what it has read."""
    app = Flask("shop", static_folder=None)
    app.secret_key = "only for tests"
    app.teardown_appcontext(read_replica.close_databases)
    app.after_request(read_replica.remember_write)

    @app.route("/", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def read():
        return {"names": names(read_replica.get_database())}

    return app


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("GET", "replica"),
        ("POST", "primary"),
        ("PUT", "primary"),
        ("PATCH", "primary"),
        ("DELETE", "primary"),
    ],
)
def test_database_is_chosen_by_the_method_of_the_request(shop, method, name):
    """GET reads from the replica, all that may write from the primary."""
    assert shop.test_client().open("/", method=method).json["names"] == [name]


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_head_and_options_read_the_replica(shop, steps, method):
    """No body shows it, so a hook notes what it reads."""
    shop.before_request(lambda: steps.extend(names(read_replica.get_database())))
    assert shop.test_client().open("/", method=method).status_code == 200
    assert steps == ["replica"]


def test_user_reads_the_primary_for_some_seconds_after_a_post(shop, monkeypatch):
    """Others read the replica; after that time the user does so again."""
    now = [1000.0]
    monkeypatch.setattr(read_replica.time, "time", lambda: now[0])
    client, other = shop.test_client(), shop.test_client()
    assert client.get("/").json["names"] == ["replica"]
    client.post("/")
    now[0] += read_replica.LAG
    assert client.get("/").json["names"] == ["primary"]
    assert other.get("/").json["names"] == ["replica"]
    now[0] += 1
    assert client.get("/").json["names"] == ["replica"]


def test_client_that_keeps_no_cookies_reads_the_replica_after_its_post(shop):
    """Such as a program that uses an API: the time is in the session."""
    client = shop.test_client(use_cookies=False)
    client.post("/")
    assert client.get("/").json["names"] == ["replica"]


def test_hook_that_writes_on_a_get_is_refused_by_the_replica(shop):
    """With PRAGMA query_only; a replica of another database refuses as well."""
    shop.testing = True
    shop.before_request(lambda: read_replica.get_database().execute(SEEN) and None)
    with pytest.raises(sqlite3.OperationalError, match="readonly database"):
        shop.test_client().get("/")


def test_hook_that_asks_for_the_primary_writes_and_the_view_reads_the_replica(
    shop, places
):
    """So the view doesn't find what the hook has written."""
    primary, _ = places

    @shop.before_request
    def note_visit():
        with read_replica.get_database(write=True) as database:
            database.execute(SEEN)

    client = shop.test_client()
    for _ in range(2):
        assert client.get("/").json["names"] == ["replica"]
    assert names(primary) == ["primary", "seen", "seen"]


def test_both_connections_are_closed_at_the_end_of_the_request(shop, steps):
    """One app context may have one of each, and opens no third."""

    @shop.before_request
    def open_both():
        for write in True, False, True:
            steps.append(read_replica.get_database(write))

    shop.test_client().get("/")
    assert len(set(steps)) == 2
    for database in steps:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            database.execute(NAME)


def test_command_or_thread_with_an_app_context_reads_the_primary(shop):
    """It has no request, and so no method."""
    with shop.app_context():
        assert names(read_replica.get_database()) == ["primary"]


def test_page_that_chooses_by_the_session_varies_by_cookie(shop):
    """And a POST sets the cookie, also for a visitor without a session."""
    client = shop.test_client()
    page = client.get("/")
    assert page.headers["Vary"] == "Cookie"
    assert "Set-Cookie" not in page.headers
    assert client.post("/").headers["Set-Cookie"].startswith("session=")
