"""A session of Flask-SQLAlchemy that reads from a replica."""

import pytest
from flask import Flask

pytestmark = pytest.mark.extensions


class Shop:
    """An app with a primary and a replica, whose orders are in neither yet."""

    def __init__(self):
        from flask_sqlalchemy import SQLAlchemy

        from tests.behaviour.extensions.examples import replica_session as example

        self.app = app = Flask("shop", static_folder=None)
        app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
        app.config["SQLALCHEMY_BINDS"] = {"replica": "sqlite://"}

        routing = {"class_": example.RoutingSession}
        self.db = db = SQLAlchemy(app, session_options=routing)

        class Order(db.Model):
            id = db.Column(db.Integer, primary_key=True)
            name = db.Column(db.String)

        self.Order = Order

    def orders(self):
        """Return how many orders each of the two databases has."""
        count = self.db.select(self.db.func.count()).select_from(self.Order)
        with self.app.app_context():
            return [
                self.db.session.scalar(count, bind_arguments={"bind": engine})
                for engine in (self.db.engine, self.db.engines["replica"])
            ]


@pytest.fixture
def shop(monkeypatch):
    from tests.behaviour.extensions.examples import replica_session as example

    made = Shop()
    monkeypatch.setattr(example, "db", made.db)
    monkeypatch.setattr(made.app, "secret_key", "only for tests")
    with made.app.app_context():
        for engine in made.db.engines.values():
            made.db.metadata.create_all(engine)
    yield made
    with made.app.app_context():
        for engine in made.db.engines.values():
            engine.dispose()


def test_change_that_a_get_flushes_goes_to_the_replica(shop):
    """A real replica refuses it; a POST writes to the primary."""

    @shop.app.route("/", methods=["GET", "POST"])
    def add():
        shop.db.session.add(shop.Order(name="tea"))
        shop.db.session.commit()
        return "added"

    client = shop.app.test_client()
    assert client.get("/").text == "added"
    assert shop.orders() == [0, 1]
    assert client.post("/").text == "added"
    assert shop.orders() == [1, 1]


def test_statement_with_a_bind_of_its_own_goes_to_the_primary(shop):
    """So a hook writes on a GET, and what the view reads comes from the replica."""

    @shop.app.before_request
    def note_visit():
        insert = shop.db.insert(shop.Order).values(name="seen")
        shop.db.session.execute(insert, bind_arguments={"bind": shop.db.engine})
        shop.db.session.commit()

    @shop.app.get("/")
    def index():
        return shop.db.session.scalars(shop.db.select(shop.Order.name)).all()

    assert shop.app.test_client().get("/").json == []
    assert shop.orders() == [1, 0]


def test_command_with_such_a_session_uses_the_primary(shop):
    """An app context alone has no method."""
    with shop.app.app_context():
        shop.db.session.add(shop.Order(name="tea"))
        shop.db.session.commit()
    assert shop.orders() == [1, 0]
