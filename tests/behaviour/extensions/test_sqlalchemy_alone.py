"""SQLAlchemy without Flask-SQLAlchemy: a scoped_session, and the pool."""

import gc
import subprocess
import sys
import time

import pytest
from flask import Flask

from tests.behaviour.extensions.waiting import FLUSH, POOL, in_a_thread

pytestmark = pytest.mark.extensions


@pytest.fixture
def shop(tmp_path):
    """An app with SQLAlchemy alone: a scoped_session, and two views."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import IntegrityError
    from sqlalchemy.ext.automap import automap_base
    from sqlalchemy.orm import scoped_session, sessionmaker
    from sqlalchemy.pool import QueuePool

    engine = create_engine(
        f"sqlite:///{tmp_path}/shop.db",
        poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=0,
    )  # fmt: skip
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE orders (id INTEGER PRIMARY KEY)"))
        connection.execute(text("INSERT INTO orders VALUES (1)"))
    base = automap_base()
    base.prepare(autoload_with=engine)
    Order = base.classes.orders
    app = Flask(__name__, static_folder=None)
    app.testing = True
    app.session = scoped_session(sessionmaker(engine))

    @app.get("/")
    def count():
        return str(app.session.scalar(text("SELECT count(*) FROM orders")))

    @app.get("/add/<int:number>")
    def add(number):
        app.session.execute(text("INSERT INTO orders VALUES (:id)"), {"id": number})
        return "added"

    @app.get("/flush")
    def flush():
        app.session.add(Order(id=1))
        try:
            app.session.flush()
        except IntegrityError:
            return "taken", 409
        return "added"

    yield app
    app.session.remove()
    engine.dispose()


def remove_at_the_end(app):
    """What SQLAlchemy's session needs of an app without Flask-SQLAlchemy."""
    app.teardown_appcontext(lambda error: app.session.remove())


def test_scoped_session_that_is_not_removed_goes_on_in_the_next_request(shop):
    """It belongs to the thread: the next request finds uncommitted changes."""
    client = shop.test_client()
    client.get("/add/2")
    assert client.get("/").text == "2"


def test_scoped_session_removed_in_a_teardown_function_ends_with_the_request(shop):
    """Uncommitted changes are rolled back."""
    remove_at_the_end(shop)
    client = shop.test_client()
    client.get("/add/2")
    assert client.get("/").text == "1"


def test_failed_flush_reaches_the_next_request_if_nobody_removes_the_session(shop):
    """The session of the thread is still the one whose transaction failed."""
    from sqlalchemy.exc import PendingRollbackError

    client = shop.test_client()
    assert client.get("/flush").status_code == 409
    with pytest.raises(PendingRollbackError, match=FLUSH):
        client.get("/")
    shop.session.remove()
    assert client.get("/").text == "1"


def test_pool_of_sqlalchemy_gives_fifteen_connections_by_default(tmp_path):
    """Five that it keeps, and ten more; code that asks for another has to wait."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import TimeoutError as NoConnection

    engine = create_engine(f"sqlite:///{tmp_path}/shop.db", pool_timeout=0)
    opened = [engine.connect() for _ in range(15)]
    try:
        with pytest.raises(NoConnection, match=r"^QueuePool limit of size 5 overflow"):
            engine.connect()
    finally:
        for connection in opened:
            connection.close()
        engine.dispose()


def test_thread_that_keeps_its_scoped_session_keeps_a_connection_of_the_pool(shop):
    """If the pool has only one, the next thread waits for it, then gets this error."""
    from sqlalchemy.exc import TimeoutError as NoConnection

    client = shop.test_client()
    assert client.get("/").text == "1"
    with pytest.raises(NoConnection, match=POOL):
        in_a_thread(client.get, "/")


def test_removed_scoped_session_gives_its_connection_back(shop):
    """So one connection is enough for one request after the other, in any thread."""
    remove_at_the_end(shop)
    client = shop.test_client()
    found = [client.get("/").text, in_a_thread(client.get, "/").text]
    assert found == ["1", "1"]


def gives_back(pool):
    """Tell whether the garbage collector gives all connections of the pool back."""
    end = time.monotonic() + 30
    while pool.checkedout() and time.monotonic() < end:
        gc.collect()
        time.sleep(0.01)
    return not pool.checkedout()


@pytest.mark.parametrize("where", ["teardown", "view"])
def test_scoped_session_of_an_async_view_is_removed_in_its_thread_only(shop, where):
    """In a plain teardown function remove does nothing: the connection is kept."""
    from sqlalchemy import text
    from sqlalchemy.exc import TimeoutError as NoConnection

    remove_at_the_end(shop)
    count = text("SELECT count(*) FROM orders")

    @shop.get("/async")
    async def count_orders():
        try:
            return str(shop.session.scalar(count))
        finally:
            if where == "view":
                shop.session.remove()

    client = shop.test_client()
    gc.disable()  # it gives such connections back, at some time
    try:
        assert client.get("/async").text == "1"
        if where == "teardown":
            with pytest.raises(NoConnection, match=POOL):
                client.get("/async")
        else:
            assert client.get("/async").text == "1"
    finally:
        gc.enable()
    assert gives_back(shop.session.get_bind().pool)


FORKED = """
import os, sys
from sqlalchemy import create_engine
from sqlalchemy.pool import QueuePool

def driver():
    with engine.connect() as connection:
        return id(connection.connection.dbapi_connection)

engine = create_engine(f"sqlite:///{sys.argv[1]}/shop.db", poolclass=QueuePool)
kept = driver()  # at import, in the process that starts the workers
if os.fork() == 0:
    if sys.argv[2] == "dispose":
        engine.dispose(close=False)  # in post_fork
    os._exit(driver() == kept)
print(os.waitstatus_to_exitcode(os.wait()[1]), driver() == kept)
"""


@pytest.mark.parametrize(("does", "shared"), [("nothing", "1"), ("dispose", "0")])
def test_engine_that_was_used_before_a_fork_shares_its_connection_with_the_workers(
    tmp_path, does, shared
):
    """dispose(close=False) in the worker gives it a connection of its own."""
    said = subprocess.check_output(
        [sys.executable, "-c", FORKED, tmp_path, does], text=True, timeout=60
    )
    assert said.split() == [shared, "True"]
