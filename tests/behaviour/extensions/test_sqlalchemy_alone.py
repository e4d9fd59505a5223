"""SQLAlchemy without Flask-SQLAlchemy: a scoped_session, and the pool."""

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
