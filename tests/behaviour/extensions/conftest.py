"""A database, as Flask-SQLAlchemy gives it, and real servers."""

from functools import partial

import pytest

from . import serving


class Store:
    """An app with one order in a database."""

    def __init__(self, app, address="sqlite://", **options):
        from flask_sqlalchemy import SQLAlchemy

        app.config["SQLALCHEMY_DATABASE_URI"] = address
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
        self.db = SQLAlchemy()
        self.first = self.noted(app)
        self.db.init_app(app)
        self.last = self.noted(app)

        class Order(self.db.Model):
            id = self.db.Column(self.db.Integer, primary_key=True)
            name = self.db.Column(self.db.String)

        self.Order = Order
        with app.app_context():
            self.db.create_all()
            self.db.session.add(Order(name="tea"))
            self.db.session.commit()
        self.first.clear()
        self.last.clear()

    def noted(self, app):
        """Register a teardown_appcontext function; say what it finds in the session."""
        found = []

        @app.teardown_appcontext
        def note(error):
            found.append(len(list(self.db.session)))

        return found

    def order(self):
        return self.db.session.get(self.Order, 1)


@pytest.fixture
def make_store(app):
    """Return a function that makes the app's store, and close it at the end."""
    made = []

    def make(*arguments, **options):
        made.append(Store(app, *arguments, **options))
        return made[-1]

    yield make
    with app.app_context():
        for store in made:
            store.db.engine.dispose()


@pytest.fixture
def store(app, make_store):
    app.testing = True
    return make_store()


@pytest.fixture
def small(app, make_store, tmp_path):
    """A store of Flask-SQLAlchemy whose pool has one connection."""
    from sqlalchemy.pool import QueuePool

    app.testing = True
    return make_store(
        f"sqlite:///{tmp_path}/shop.db",
        poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=0,
    )  # fmt: skip


@pytest.fixture
def serve(tmp_path, pytestconfig):
    """Return a context manager that runs the app under a server, by its name."""
    return partial(serving.served, tmp_path, pytestconfig.rootpath)
