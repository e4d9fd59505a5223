"""A test's transaction around the requests, which is rolled back at its end."""

from contextlib import contextmanager

import pytest

pytestmark = pytest.mark.extensions


@pytest.fixture
def shop(app, make_store, tmp_path):
    """A store on disk, where each connection begins as SQLAlchemy says."""
    from tests.behaviour.extensions.examples.rolled_back_tests import (
        begin_with_sqlalchemy,
    )

    app.testing = True
    store = make_store(f"sqlite:///{tmp_path}/shop.db")

    @app.get("/")
    def count():
        return str(store.db.session.query(store.Order).count())

    @app.post("/<how>")
    def place_order(how):
        store.db.session.add(store.Order(name="milk"))
        store.db.session.flush()
        getattr(store.db.session, how)()
        return count()

    with app.app_context():
        store.db.engine.dispose()
        store.begins = lambda: begin_with_sqlalchemy(store.db.engine)
    return store


@pytest.fixture
def rolled_back(app, shop):
    """Return the block of the recipe, with the mode of the session or without."""

    @contextmanager
    def block(mode):
        with app.app_context():
            shop.begins()
            engines, engine = shop.db.engines, shop.db.engine
            if mode:
                shop.db.session.configure(join_transaction_mode=mode)
        with engine.connect() as connection:
            transaction = connection.begin()
            engines[None] = connection
            yield app.test_client()
            engines[None] = engine
            transaction.rollback()

    return block


MODE = "create_savepoint"


def test_requests_of_a_rolled_back_test_see_what_the_others_committed(app, rolled_back):
    """A rollback in a view undoes what this view did; after the test all is undone."""
    with rolled_back(MODE) as client:
        found = [
            client.post(f"/{how}").text for how in ("commit", "commit", "rollback")
        ]
        found.append(client.post("/commit").text)
    assert found == ["2", "3", "3", "4"]
    assert app.test_client().get("/").text == "1"


@pytest.mark.filterwarnings("ignore:transaction already deassociated")
def test_rollback_of_a_view_undoes_the_whole_test_without_the_mode(rolled_back):
    """Also what earlier requests have committed."""
    with rolled_back(None) as client:
        found = [client.post(f"/{how}").text for how in ("commit", "rollback")]
    assert found == ["2", "1"]


@pytest.mark.parametrize("by_sqlalchemy", [True, False])
def test_sqlite_keeps_what_a_rolled_back_test_commits_unless_sqlalchemy_begins(
    app, shop, rolled_back, by_sqlalchemy
):
    """Its driver begins no transaction before a savepoint."""
    if not by_sqlalchemy:
        shop.begins = lambda: None
    with rolled_back(MODE) as client:
        assert client.post("/commit").text == "2"
    assert app.test_client().get("/").text == ("1" if by_sqlalchemy else "2")


def test_each_bind_key_has_an_engine_of_its_own_to_replace(app, make_store):
    """None is the key of the one without a bind key."""
    app.config["SQLALCHEMY_BINDS"] = {"log": "sqlite://"}
    store = make_store()
    with app.app_context():
        assert set(store.db.engines) == {None, "log"}
        assert store.db.engines["log"] is not store.db.engines[None]
        store.db.engines["log"].dispose()
