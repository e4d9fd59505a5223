"""Flask-SQLAlchemy: when a session ends, and who has one of its own."""

import pytest
from flask import (
    Response,
    copy_current_request_context,
    g,
    stream_with_context,
)
from flask.globals import app_ctx

from tests.behaviour.extensions.waiting import FLUSH, POOL, in_a_thread
from tests.behaviour.versions import RELEASE

pytestmark = pytest.mark.extensions


def test_flask_sqlalchemy_removes_its_session_in_teardown_appcontext(app, store):
    """A function registered after init_app runs before that, an earlier one after."""

    @app.get("/")
    def show():
        g.order = store.order()
        return g.order.name

    assert app.test_client().get("/").text == "tea"
    assert (store.last, store.first) == ([1], [0])


def test_session_is_still_there_in_a_teardown_request_function(app, store, steps):
    """They run before the teardown_appcontext functions."""

    @app.get("/")
    def show():
        g.order = store.order()
        return g.order.name

    app.teardown_request(lambda error: steps.append(g.order in store.db.session))
    assert app.test_client().get("/").text == "tea"
    assert steps == [True]


def test_change_that_is_not_committed_is_gone_after_the_request(app, store):
    """Removing the session rolls back."""

    @app.get("/change")
    def change():
        store.order().name = "coffee"
        return store.order().name

    app.add_url_rule("/", "show", lambda: store.order().name)
    client = app.test_client()
    assert client.get("/change").text == "coffee"
    assert client.get("/").text == "tea"


def test_setting_to_commit_on_teardown_commits_nothing(app, make_store):
    """Flask-SQLAlchemy 3 doesn't read it, and doesn't warn."""
    app.testing = app.config["SQLALCHEMY_COMMIT_ON_TEARDOWN"] = True
    test_change_that_is_not_committed_is_gone_after_the_request(app, make_store())


@pytest.mark.parametrize("keep", [iter, stream_with_context])
def test_object_read_in_a_streamed_body_after_a_commit_is_detached(app, store, keep):
    """Unless stream_with_context keeps the session, except on Flask 3.1.2 and 3.1.3."""
    from sqlalchemy.orm.exc import DetachedInstanceError

    @app.get("/")
    def stream():
        order = store.order()
        store.db.session.commit()
        return Response(keep(name(order) for _ in range(1)))

    def name(order):
        return order.name

    if keep is stream_with_context and not (3, 1, 2) <= RELEASE < (3, 2):
        assert app.test_client().get("/").text == "tea"
    else:
        with pytest.raises(DetachedInstanceError, match="is not bound to a Session"):
            app.test_client().get("/")


def test_value_read_before_the_stream_begins_is_sent(app, store):
    """Read what the body needs in the view, and give the generator plain values."""

    @app.get("/")
    def stream():
        names = [store.order().name]
        return Response(name for name in names)

    assert app.test_client().get("/").text == "tea"


def test_query_in_a_streamed_body_needs_stream_with_context(app, store):
    """Without it there is no app context, and the session raises."""

    def names():
        yield store.order().name

    app.add_url_rule("/", "bare", lambda: Response(names()))
    app.add_url_rule("/kept", "kept", lambda: Response(stream_with_context(names())))
    client = app.test_client()
    with pytest.raises(RuntimeError, match="Working outside of application context"):
        client.get("/")
    assert client.get("/kept").text == "tea"


def test_session_refuses_queries_after_a_failed_flush_until_it_is_rolled_back(
    app, store
):
    """The code caught the error of the flush and didn't roll back."""
    from sqlalchemy.exc import IntegrityError, PendingRollbackError

    with app.app_context():
        store.db.session.add(store.Order(id=1, name="coffee"))
        with pytest.raises(IntegrityError, match="UNIQUE constraint failed"):
            store.db.session.flush()
        with pytest.raises(PendingRollbackError, match=FLUSH):
            store.order()
        store.db.session.rollback()
        assert store.order().name == "tea"


def test_failed_flush_of_one_request_does_not_reach_the_next(app, store):
    """Flask-SQLAlchemy removes the session, and with it the failed transaction."""
    from sqlalchemy.exc import IntegrityError

    @app.get("/add")
    def add():
        store.db.session.add(store.Order(id=1, name="coffee"))
        try:
            store.db.session.flush()
        except IntegrityError:
            return "taken", 409
        return "added"

    app.add_url_rule("/", "show", lambda: store.order().name)
    client = app.test_client()
    assert client.get("/add").status_code == 409
    assert client.get("/").text == "tea"


def test_message_after_a_failed_flush_ends_with_the_first_error(app, store):
    """It quotes the exception that was caught."""
    from sqlalchemy.exc import IntegrityError, PendingRollbackError

    with app.app_context():
        store.db.session.add(store.Order(id=1, name="coffee"))
        with pytest.raises(IntegrityError):
            store.db.session.flush()
        with pytest.raises(PendingRollbackError) as refused:
            store.order()
    _, _, first = str(refused.value).partition("Original exception was: ")
    assert first.startswith("(sqlite3.IntegrityError) UNIQUE constraint failed")


def test_app_context_that_nobody_pops_keeps_a_connection_of_the_pool(app, small):
    """For example, that of a thread that calls push but never pop."""
    from sqlalchemy.exc import TimeoutError as NoConnection

    app.add_url_rule("/", "show", lambda: small.order().name)
    context = app.app_context()
    context.push()
    small.order()
    with pytest.raises(NoConnection, match=POOL):
        in_a_thread(app.test_client().get, "/")
    context.pop()
    assert app.test_client().get("/").text == "tea"


def test_view_that_has_queried_keeps_its_connection_until_its_request_ends(app, small):
    """Also while it waits for something else; a commit gives it back before."""
    from sqlalchemy.exc import TimeoutError as NoConnection

    def other():
        with app.app_context():
            return small.order().name

    @app.get("/wait")
    def wait():
        small.order()
        with pytest.raises(NoConnection, match=POOL):
            in_a_thread(other)
        small.db.session.commit()
        return in_a_thread(other)

    assert app.test_client().get("/wait").text == "tea"


def test_session_of_flask_sqlalchemy_needs_an_app_context_in_a_thread(app, store):
    """A view's thread has none."""

    @app.get("/")
    def start():
        with pytest.raises(RuntimeError, match="Working outside of application"):
            in_a_thread(store.order)
        return "started"

    assert app.test_client().get("/").text == "started"


def test_thread_with_an_app_context_has_a_session_of_its_own(app, small):
    """When its context ends, that session is removed, but not the view's."""
    ended = []

    def work(number):
        with app.app_context():
            session = small.db.session()
            session.get(small.Order, number).name = "coffee"
            session.commit()
        ended.append(len(list(session)))
        return session

    @app.get("/")
    def start():
        mine = small.db.session()
        order = small.order()
        number = order.id
        small.db.session.commit()
        theirs = in_a_thread(work, number)
        return [mine is theirs, mine is small.db.session(), order.name]

    assert app.test_client().get("/").json == [False, True, "coffee"]
    assert ended == [0]


def test_app_context_inside_a_request_has_a_session_of_its_own(app, store):
    """So an object of the request is not in it."""

    @app.get("/")
    def show():
        order = store.order()
        with app.app_context():
            inside = order in store.db.session
        return [order in store.db.session, inside]

    assert app.test_client().get("/").json == [True, False]


def test_object_that_a_thread_uses_after_the_request_is_detached(app, store):
    """Its session was removed at the end of the request."""
    from sqlalchemy.orm.exc import DetachedInstanceError

    orders = []

    @app.get("/")
    def start():
        orders.append(store.order())
        store.db.session.commit()
        return "started"

    app.test_client().get("/")

    def work():
        with app.app_context():
            return orders[0].name

    with pytest.raises(DetachedInstanceError, match="is not bound to a Session"):
        in_a_thread(work)


def test_copied_request_context_in_a_thread_has_a_session_of_its_own(app, store):
    """It has an app context of its own, whose end removes it."""

    @app.get("/")
    def start():
        mine = store.db.session()

        @copy_current_request_context
        def work():
            return store.db.session()

        theirs = in_a_thread(work)
        return [mine is theirs, mine is store.db.session()]

    assert app.test_client().get("/").json == [False, True]


def test_session_is_there_until_the_end_of_a_stream_with_context(app, small):
    """It holds a connection until then; a stream without context has returned it."""
    from sqlalchemy.exc import TimeoutError as NoConnection

    def names():
        yield small.order().name
        yield "end"

    app.add_url_rule("/kept", "kept", lambda: Response(stream_with_context(names())))
    app.add_url_rule("/", "show", lambda: small.order().name)
    response = app.test_client().get("/kept", buffered=False)
    pieces = response.iter_encoded()
    assert next(pieces) == b"tea"
    with pytest.raises(NoConnection, match=POOL):
        in_a_thread(app.test_client().get, "/")
    assert list(pieces) == [b"end"]
    response.close()
    assert in_a_thread(app.test_client().get, "/").text == "tea"


def test_teardown_function_that_raises_keeps_flask_sqlalchemy_from_ending_its_session(
    app, small
):
    """Up to Flask 3.1: it runs first, and its connection is not given back."""
    from sqlalchemy.exc import TimeoutError as NoConnection

    contexts, kept, failures = [], [], ["no tea"]

    @app.teardown_appcontext
    def fail(error):
        if failures:
            raise OSError(failures.pop())

    @app.get("/")
    def show():
        # A session is known by its context's ID, which the next context may get.
        contexts.append(app_ctx._get_current_object())
        kept.append(small.db.session())
        return small.order().name

    with pytest.raises(OSError, match="no tea"):
        app.test_client().get("/")
    with pytest.raises(NoConnection, match=POOL):
        app.test_client().get("/")
    for session in kept:
        session.close()


def test_requests_in_one_outer_app_context_share_the_session(app, store):
    """As in a test that pushes one: uncommitted changes are still there."""

    @app.get("/change")
    def change():
        store.order().name = "coffee"
        return store.order().name

    app.add_url_rule("/", "show", lambda: store.order().name)
    with app.app_context():
        app.test_client().get("/change")
        assert app.test_client().get("/").text == "coffee"
    assert app.test_client().get("/").text == "tea"


def test_every_hook_of_a_request_has_the_same_session(app, store, steps):
    """Before, in and after the view."""
    app.before_request(lambda: steps.append(store.db.session()))
    app.after_request(lambda response: steps.append(store.db.session()) or response)
    app.teardown_request(lambda error: steps.append(store.db.session()))

    @app.get("/")
    def show():
        steps.append(store.db.session())
        return store.order().name

    app.test_client().get("/")
    assert len(steps) == 4
    assert len(set(steps)) == 1


def test_function_of_call_on_close_needs_an_app_context_for_the_session(app, store):
    """The request has ended; with a context it has a session of its own."""
    found = []

    def work():
        with pytest.raises(RuntimeError, match="Working outside of application"):
            store.order()
        with app.app_context():
            found.append(store.order().name)

    @app.get("/")
    def show():
        response = Response("Thank you")
        response.call_on_close(work)
        return response

    app.test_client().get("/", buffered=True).close()
    assert found == ["tea"]


@pytest.mark.parametrize("ping", [False, True])
def test_pool_pre_ping_replaces_a_connection_that_the_database_has_closed(
    app, make_store, tmp_path, ping
):
    """Without it the first query that gets such a connection fails."""
    from sqlalchemy.exc import ProgrammingError

    app.testing = True
    store = make_store(f"sqlite:///{tmp_path}/shop.db", pool_pre_ping=ping)
    app.add_url_rule("/", "show", lambda: store.order().name)
    with app.app_context():
        kept = store.db.session.connection().connection.dbapi_connection
    kept.close()
    if not ping:
        with pytest.raises(ProgrammingError, match="closed database"):
            app.test_client().get("/")
    else:
        assert app.test_client().get("/").text == "tea"
