"""When peewee's connection is opened and closed, and which message says otherwise."""

from contextlib import nullcontext

import pytest

pytestmark = pytest.mark.extensions


@pytest.fixture
def database():
    from peewee import SqliteDatabase

    database = SqliteDatabase(":memory:")
    yield database
    database.close()


@pytest.fixture
def crashing(app, database):
    """An app in debug mode that opens the connection, and has a view that crashes."""
    app.debug = True
    app.before_request(lambda: database.connect() and None)
    app.add_url_rule("/", "index", lambda: "Shop")
    app.add_url_rule("/crash", "crash", lambda: 1 / 0)
    client = app.test_client()

    def crashing(path):
        if path == "/crash":
            with pytest.raises(ZeroDivisionError):
                client.get(path)
        else:
            return client.get(path).status_code

    return crashing


def test_connection_of_peewee_closed_in_after_request_stays_open_after_a_crash(
    app, database, crashing
):
    """In debug mode and with TESTING; the next request of that thread can't open it."""
    from peewee import OperationalError

    @app.after_request
    def close(response):
        database.close()
        return response

    assert crashing("/") == 200
    crashing("/crash")
    with pytest.raises(OperationalError, match=r"^Connection already opened\.$"):
        crashing("/")


def test_connection_of_peewee_closed_in_a_teardown_function_is_closed_after_a_crash(
    app, database, crashing
):
    """So the next request can open it."""
    app.teardown_request(lambda error: database.close())
    crashing("/crash")
    assert database.is_closed()
    assert crashing("/") == 200


def test_reuse_if_open_opens_the_connection_of_peewee_once(database):
    """The second call says that nothing was opened."""
    assert database.connect(reuse_if_open=True)
    assert not database.connect(reuse_if_open=True)
    assert not database.is_closed()


def test_query_before_the_hook_opens_the_connection_of_peewee(database):
    """Such as one of a session interface: peewee connects by itself."""
    from peewee import OperationalError

    database.execute_sql("SELECT 1")
    with pytest.raises(OperationalError, match="Connection already opened"):
        database.connect()


@pytest.mark.parametrize("connected", [False, True])
def test_query_in_a_streamed_body_leaves_the_connection_of_peewee_open(
    app, database, connected
):
    """It runs after the teardown functions; connection_context closes it again."""
    from peewee import OperationalError

    app.testing = True
    app.before_request(lambda: database.connect() and None)
    app.teardown_request(lambda error: database.close())

    def pieces():
        with database.connection_context() if connected else nullcontext():
            for (piece,) in database.execute_sql("SELECT 'tea'"):
                yield piece

    app.add_url_rule("/stream", "stream", pieces)
    app.add_url_rule("/", "index", lambda: "Shop")
    client = app.test_client()
    assert client.get("/stream").text == "tea"
    assert database.is_closed() == connected
    if connected:
        assert client.get("/").text == "Shop"
    else:
        with pytest.raises(OperationalError, match=r"^Connection already opened\.$"):
            client.get("/")
