"""A setting of a pooled connection, which the next request gets as well."""

import pytest
from flask import request

pytestmark = pytest.mark.extensions


def ask(store, statement):
    return store.db.session.execute(store.db.text(statement))


@pytest.mark.parametrize("end", ["nothing", "commit", "rollback"])
def test_setting_of_a_connection_is_there_in_the_next_request(app, small, end):
    """The session's end and its rollback leave it: the pool keeps the connection."""

    @app.get("/set")
    def change():
        ask(small, "PRAGMA cache_size = 4321")
        getattr(small.db.session, end, lambda: None)()
        return "set"

    app.add_url_rule("/", "show", lambda: str(ask(small, "PRAGMA cache_size").scalar()))
    client = app.test_client()
    assert client.get("/").text != "4321"
    client.get("/set")
    assert client.get("/").text == "4321"


def test_setting_made_in_each_request_is_its_own(app, small):
    """A before_request function makes it, whatever the last request left."""

    @app.before_request
    def choose():
        ask(small, f"PRAGMA cache_size = {request.args.get('size', 100, int)}")

    app.add_url_rule("/", "show", lambda: str(ask(small, "PRAGMA cache_size").scalar()))
    client = app.test_client()
    told = [client.get(url).text for url in ("/?size=4321", "/", "/?size=5")]
    assert told == ["4321", "100", "5"]
