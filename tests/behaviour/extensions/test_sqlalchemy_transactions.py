"""Transactions and results that a request of SQLAlchemy's session can't share."""

import asyncio
import re
import threading
from contextlib import nullcontext

import pytest
from flask import Response, stream_with_context

from tests.behaviour.extensions.test_sqlalchemy_messages import message

pytestmark = pytest.mark.extensions


@pytest.fixture
def names(app, store):
    """Return the names of all orders, as a later request finds them."""

    def read():
        with app.app_context():
            return [order.name for order in store.db.session.query(store.Order)]

    return read


@pytest.mark.parametrize("queried", [False, True])
def test_begin_is_refused_after_a_query_of_the_same_request(app, store, names, queried):
    """A hook's query has begun the transaction; without one, begin works."""
    from sqlalchemy.exc import InvalidRequestError

    @app.before_request
    def load_user():
        if queried:
            store.order()

    @app.post("/")
    def place_order():
        with store.db.session.begin():
            store.db.session.add(store.Order(name="milk"))
        return "Thank you"

    if queried:
        with pytest.raises(InvalidRequestError, match=message("already-begun")):
            app.test_client().post("/")
    else:
        assert app.test_client().post("/").text == "Thank you"
    assert names() == ["tea", *([] if queried else ["milk"])]


@pytest.mark.parametrize("nested", [False, True])
def test_commit_after_a_query_saves_with_begin_nested_or_without(
    app, store, names, nested
):
    """Each request is another session, so what it finds was saved."""

    @app.before_request
    def load_user():
        store.order()

    @app.post("/")
    def place_order():
        milk = store.Order(name="milk")
        if nested:
            with store.db.session.begin_nested():
                store.db.session.add(milk)
        else:
            store.db.session.add(milk)
        store.db.session.commit()
        return "Thank you"

    assert app.test_client().post("/").text == "Thank you"
    assert names() == ["tea", "milk"]


def test_rows_of_a_query_in_the_view_cannot_be_made_after_the_session(app, store):
    """A result makes its objects one by one; all() makes them in the view."""
    from sqlalchemy import select
    from sqlalchemy.exc import InvalidRequestError

    @app.get("/<how>")
    def export(how):
        orders = store.db.session.scalars(select(store.Order))
        if how == "all":
            orders = orders.all()
        return Response(order.name for order in orders)

    with pytest.raises(InvalidRequestError, match=message("identity-map")):
        app.test_client().get("/one-by-one")
    assert app.test_client().get("/all").text == "tea"


def test_query_inside_a_stream_with_context_makes_its_rows_there(app, store):
    """Its session lasts as long as the stream."""
    from sqlalchemy import select

    @app.get("/")
    def export():
        def rows():
            for order in store.db.session.scalars(select(store.Order)):
                yield order.name

        return Response(stream_with_context(rows()))

    assert app.test_client().get("/").text == "tea"


@pytest.fixture
def together(app, store):
    """Return what queries twice at the same time, in threads of an async view."""
    from sqlalchemy import event

    with app.app_context():
        engine = store.db.engine
    connecting = [threading.Event(), threading.Event()]
    waiting, go_on = iter(connecting), threading.Event()

    @event.listens_for(engine, "checkout")
    def hold(*connection):
        next(waiting, connecting[1]).set()
        go_on.wait(30)

    async def query_in_two_threads(work):
        first = asyncio.create_task(asyncio.to_thread(work))
        await asyncio.to_thread(connecting[0].wait, 30)
        second = asyncio.create_task(asyncio.to_thread(work))
        both = asyncio.create_task(asyncio.to_thread(connecting[1].wait, 30))
        await asyncio.wait([second, both], return_when=asyncio.FIRST_COMPLETED)
        go_on.set()
        connecting[1].set()
        return await asyncio.gather(first, second, return_exceptions=True)

    yield query_in_two_threads
    event.remove(engine, "checkout", hold)


@pytest.mark.parametrize("own_context", [False, True])
def test_threads_of_to_thread_share_the_session_of_the_request(
    app, store, together, own_context
):
    """If one begins while another connects, it's refused; in a context it isn't."""
    found = []

    def query():
        with app.app_context() if own_context else nullcontext():
            return store.order().name

    @app.get("/")
    async def show():
        found.extend(await together(query))
        return "Tea"

    assert app.test_client().get("/").text == "Tea"
    failed = [str(each) for each in found if isinstance(each, Exception)]
    if own_context:
        assert found == ["tea", "tea"]
    else:
        assert len(failed) == 1
        assert re.match(message("provisioning"), failed[0])


def test_session_of_flask_sqlalchemy_is_removed_after_an_async_view(app, small):
    """It gives its connection back, so the next request gets the only one."""

    @app.get("/")
    async def show():
        return small.order().name

    client = app.test_client()
    assert [client.get("/").text for _ in range(3)] == ["tea"] * 3
    with app.app_context():
        assert small.db.engine.pool.checkedout() == 0
