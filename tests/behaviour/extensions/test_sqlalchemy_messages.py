"""The errors of SQLAlchemy that the page has: what raises each, and what fixes it."""

import re
import threading
from pathlib import Path

import pytest
from flask import Flask

pytestmark = pytest.mark.extensions

PAGE = Path(__file__).parents[3] / "docs" / "errors" / "sqlalchemy.md"
ENTRIES = dict(
    re.findall(r"^\((\S+)\)=\n## `(.+)`$", PAGE.read_text("utf-8"), re.MULTILINE)
)


def message(anchor):
    """Return the heading of an entry as a pattern of what is raised."""
    return re.escape(ENTRIES[anchor])


def read(product):
    from sqlalchemy import text

    return text(f"SELECT '{product}'")


class Shop:
    """An app with a database, in which one order is for tea."""

    def __init__(self, **options):
        from flask_sqlalchemy import SQLAlchemy

        self.app = Flask("shop", static_folder=None)
        self.app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
        self.app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
        self.db = db = SQLAlchemy(self.app)

        class Order(db.Model):
            id = db.Column(db.Integer, primary_key=True)
            product = db.Column(db.String, unique=True)

        self.Order = Order
        with self.app.app_context():
            db.create_all()
            db.session.add(Order(product="tea"))
            db.session.commit()

    def order(self):
        return self.db.session.get(self.Order, 1)

    def add(self, product):
        self.db.session.add(self.Order(product=product))
        self.db.session.commit()

    def read(self, product):
        return self.db.session.execute(read(product)).scalar()

    def close(self):
        with self.app.app_context():
            self.db.engine.dispose()


@pytest.fixture
def make_shop():
    made = []

    def make(**options):
        made.append(Shop(**options))
        return made[-1]

    yield make
    for shop in made:
        shop.close()


@pytest.fixture
def shop(make_shop):
    return make_shop()


def test_page_has_an_entry_for_each_of_these_errors():
    """Each heading is compared with what was raised."""
    here = Path(__file__)
    tests = here, here.with_name("test_sqlalchemy_transactions.py")
    text = "".join(path.read_text("utf-8") for path in tests)
    asked = set(re.findall(r'message\("(\S+?)"\)', text))
    assert len(asked) == 10
    assert set(ENTRIES) == asked


def test_session_refuses_everything_after_a_commit_that_failed(shop):
    """Until it is rolled back."""
    from sqlalchemy.exc import IntegrityError, PendingRollbackError

    with shop.app.app_context():
        with pytest.raises(IntegrityError):
            shop.add("tea")
        with pytest.raises(PendingRollbackError, match=message("rolled-back")):
            shop.read("coffee")
        shop.db.session.rollback()
        assert shop.read("coffee") == "coffee"


def test_failed_commit_of_one_request_does_not_reach_the_next(shop):
    """Flask-SQLAlchemy gives each request a session of its own."""
    from sqlalchemy.exc import IntegrityError

    shop.app.add_url_rule("/add", "add", lambda: shop.add("tea") or "added")
    shop.app.add_url_rule("/read", "read", lambda: shop.read("coffee"))
    client = shop.app.test_client()
    shop.app.testing = True
    with pytest.raises(IntegrityError):
        client.get("/add")
    assert client.get("/read").text == "coffee"


@pytest.mark.parametrize("rolls_back", [False, True])
def test_handler_of_500_has_to_roll_back_after_a_failed_flush_before_it_queries(
    shop, steps, rolls_back
):
    """Else it fails, too, and the request has no response: no after_request runs."""
    from sqlalchemy.exc import PendingRollbackError

    @shop.app.errorhandler(500)
    def show_error(error):
        if rolls_back:
            shop.db.session.rollback()
        return shop.read("sorry"), 500

    @shop.app.after_request
    def note(response):
        steps.append(response.status_code)
        return response

    shop.app.add_url_rule("/add", "add", lambda: shop.add("tea") or "added")
    client = shop.app.test_client()
    if rolls_back:
        response = client.get("/add")
        assert (response.status_code, response.text) == (500, "sorry")
        assert steps == [500]
    else:
        with pytest.raises(PendingRollbackError, match=message("rolled-back")):
            client.get("/add")
        assert steps == []


def test_flask_sqlalchemy_rolls_back_after_the_error_handler(shop, steps):
    """In a teardown_appcontext function, whatever became of the request."""

    @shop.app.errorhandler(500)
    def show_error(error):
        steps.append(("handler", shop.db.session().is_active))
        return "sorry", 500

    def note(error):
        steps.append(("teardown", shop.db.session().is_active))

    shop.app.teardown_request(note)
    shop.app.add_url_rule("/add", "add", lambda: shop.add("tea") or "added")
    assert shop.app.test_client().get("/add").status_code == 500
    assert steps == [("handler", False), ("teardown", False)]
    with shop.app.app_context():
        assert shop.read("coffee") == "coffee"


@pytest.mark.parametrize("removes", [False, True])
def test_scoped_session_needs_to_be_removed_at_the_end_of_a_request(app, removes):
    """Otherwise the thread's next request gets it, with this request's failure."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import PendingRollbackError
    from sqlalchemy.orm import DeclarativeBase, mapped_column, scoped_session
    from sqlalchemy.orm import sessionmaker as maker
    from sqlalchemy.types import Integer

    class Base(DeclarativeBase):
        pass

    class Order(Base):
        __tablename__ = "orders"
        id = mapped_column(Integer, primary_key=True)

    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    session = scoped_session(maker(engine))
    if removes:
        app.teardown_appcontext(lambda error: session.remove())

    @app.get("/add")
    def add():
        session.add(Order(id=1))
        session.flush()
        session.expunge_all()
        session.add(Order(id=1))
        session.commit()

    app.add_url_rule("/read", "read", lambda: session.execute(read("tea")).scalar())
    client = app.test_client()
    assert client.get("/add").status_code == 500
    app.testing = True
    if removes:
        assert client.get("/read").text == "tea"
    else:
        with pytest.raises(PendingRollbackError):
            client.get("/read")
    session.remove()
    engine.dispose()


def test_sessions_that_nobody_closes_use_up_the_pool(make_shop, tmp_path):
    """Five connections and ten more, by default; closing one frees its connection."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import TimeoutError as PoolTimeout
    from sqlalchemy.orm import Session

    engine = create_engine(f"sqlite:///{tmp_path / 'shop.db'}", pool_timeout=0.01)
    kept = [Session(engine) for _ in range(15)]
    assert {session.execute(read("tea")).scalar() for session in kept} == {"tea"}
    with pytest.raises(PoolTimeout, match=message("pool-limit")):
        Session(engine).execute(read("tea"))
    kept[0].close()
    with Session(engine) as session:
        assert session.execute(read("tea")).scalar() == "tea"
    for session in kept:
        session.close()
    engine.dispose()


def test_object_kept_after_the_request_is_detached(shop):
    """After a commit its values must be loaded again, but its session was removed."""
    from sqlalchemy.orm.exc import DetachedInstanceError

    with shop.app.app_context():
        order = shop.order()
        shop.db.session.commit()
    with pytest.raises(DetachedInstanceError, match=message("detached")):
        assert order.product
    with shop.app.app_context():
        assert shop.db.session.merge(order).product == "tea"


def test_object_of_an_inner_app_context_is_detached_after_its_end(shop):
    """In a view as well; the session of the request goes on."""
    from sqlalchemy.orm.exc import DetachedInstanceError

    shop.app.testing = True

    @shop.app.get("/<last>")
    def show(last):
        mine = shop.order()
        with shop.app.app_context():
            order = shop.order()
            shop.db.session.commit()
        return {"mine": mine, "inner": order}[last].product

    client = shop.app.test_client()
    assert client.get("/mine").text == "tea"
    with pytest.raises(DetachedInstanceError, match=message("detached")):
        client.get("/inner")


@pytest.mark.parametrize("what", ["create_all", "query"])
def test_flask_sqlalchemy_at_import_needs_an_app_context(shop, what):
    """db.create_all() and a query alike."""
    with pytest.raises(RuntimeError, match=r"^Working outside of application context"):
        shop.db.create_all() if what == "create_all" else shop.read("tea")


def test_object_of_a_block_in_a_test_is_detached_after_the_block(shop):
    """A commit expires what was read; the ID, kept in the block, is enough."""
    from sqlalchemy.orm.exc import DetachedInstanceError

    with shop.app.app_context():
        order = shop.Order(product="milk")
        shop.db.session.add(order)
        shop.db.session.flush()
        number = order.id
        shop.db.session.commit()
    with pytest.raises(DetachedInstanceError, match=message("detached")):
        assert order.product
    with shop.app.app_context():
        assert shop.db.session.get(shop.Order, number).product == "milk"


def test_plain_session_in_place_of_that_of_flask_sqlalchemy_has_no_remove(shop):
    """A scoped_session has it, with the same engine."""
    from sqlalchemy.orm import Session, scoped_session, sessionmaker

    context = shop.app.app_context()
    context.push()
    shop.db.session = Session(shop.db.engine)
    with pytest.raises(AttributeError, match=message("plain-session")):
        context.pop()
    with shop.app.app_context():
        shop.db.session = scoped_session(sessionmaker(shop.db.engine))
        assert shop.read("milk") == "milk"


def test_object_of_one_app_context_cannot_be_added_in_another(shop):
    """Each app context has a session of its own; the ID of the object is enough."""
    from sqlalchemy.exc import InvalidRequestError

    with shop.app.app_context():
        order = shop.order()
        with (
            shop.app.app_context(),
            pytest.raises(InvalidRequestError, match=message("attached")),
        ):
            shop.db.session.add(order)
        with shop.app.app_context():
            assert shop.db.session.get(shop.Order, order.id).product == "tea"


def test_app_context_in_a_thread_has_a_session_that_is_removed_at_its_end(shop, steps):
    """So a background thread reads and commits as a request does."""

    def work():
        with shop.app.app_context():
            shop.add("coffee")
            steps.append(shop.db.session().in_transaction())
            session = shop.db.session()
            shop.order()
            steps.append(session.in_transaction())
        steps.append(session.in_transaction())

    with shop.app.app_context():
        here = shop.db.session()
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        assert steps == [False, True, False]
        assert shop.db.session() is here
        assert shop.db.session.query(shop.Order).count() == 2


def test_database_of_another_app_is_not_registered(shop):
    """Either init_app is missing, or there are two SQLAlchemy objects."""
    other = Flask("other")
    other.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    with (
        other.app_context(),
        pytest.raises(RuntimeError, match=message("not-registered")),
    ):
        shop.order()
    shop.db.init_app(other)
    with other.app_context():
        assert shop.read("coffee") == "coffee"
    with other.app_context():
        shop.db.engine.dispose()


def test_database_that_is_registered_twice_is_refused(shop):
    """Giving SQLAlchemy the app has called init_app already."""
    with pytest.raises(RuntimeError, match=message("registered-twice")):
        shop.db.init_app(shop.app)
    with shop.app.app_context():
        assert shop.order().product == "tea"
