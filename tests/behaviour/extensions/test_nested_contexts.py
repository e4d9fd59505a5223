"""An app context inside a request, and the pool of connections."""

import pytest

from tests.behaviour.extensions.waiting import POOL

pytestmark = pytest.mark.extensions


def test_app_context_inside_a_request_takes_a_second_connection(app, small):
    """Once both have queried; a commit before the block gives the first one back."""
    from sqlalchemy.exc import TimeoutError as NoConnection

    def inner():
        with app.app_context():
            return small.order().name

    @app.get("/nested")
    def nested():
        small.order()
        return inner()

    @app.get("/committed")
    def committed():
        small.order()
        small.db.session.commit()
        return inner()

    client = app.test_client()
    with pytest.raises(NoConnection, match=POOL):
        client.get("/nested")
    assert client.get("/committed").text == "tea"
