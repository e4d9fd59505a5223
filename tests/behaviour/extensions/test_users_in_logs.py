"""A logging filter that asks Flask-Login who the user is, and one that does not."""

import io
import logging

import pytest
from flask import g, session

pytestmark = pytest.mark.extensions


class Asking(logging.Filter):
    """Ask for current_user, as people do."""

    def filter(self, record):
        from flask_login import current_user

        record.user_id = current_user.get_id()
        return True


class Reading(logging.Filter):
    """Read what a before_request function has put on g."""

    def filter(self, record):
        record.user_id = g.get("user_id", "-") if g else "-"
        return True


class Shop:
    """An app with Flask-Login; its log, the calls of its loader and what that does."""

    def __init__(self, app):
        from flask_login import LoginManager, UserMixin, current_user, login_user

        class User(UserMixin):
            id = "ada"

        self.app, self.loads, self.in_loader = app, [], lambda: None

        def load(name):
            self.loads.append(name)
            self.in_loader()
            return User()

        def index():
            app.logger.warning("one")
            app.logger.warning("two")
            return "shop"

        app.secret_key = "only for tests"
        LoginManager(app).user_loader(load)
        app.add_url_rule("/login", "login", lambda: str(login_user(User())))

        def remember():
            return str(login_user(User(), remember=True))

        app.add_url_rule("/remember", "remember", remember)
        app.add_url_rule("/user", "user", lambda: f"{g.user_id} {current_user.id}")
        app.add_url_rule("/", "index", index)
        app.add_url_rule("/crash", "crash", lambda: str(1 / 0))
        self.handler = logging.StreamHandler(io.StringIO())
        self.handler.setFormatter(logging.Formatter("%(user_id)s %(message)s"))
        self.client = app.test_client()
        assert self.client.get("/login").text == "True"

    def log_with(self, kind):
        self.handler.addFilter(kind())
        self.app.logger.handlers = [self.handler]
        self.app.logger.setLevel(logging.INFO)

    def lines(self):
        return self.handler.stream.getvalue().splitlines()


@pytest.fixture
def shop(app):
    kept = Shop(app)
    yield kept
    app.logger.handlers.clear()
    app.logger.setLevel(logging.NOTSET)


@pytest.fixture
def note_user(app):
    """Put the ID of the session on g, without a query."""

    @app.before_request
    def note_user():
        g.user_id = session.get("_user_id", "-")


def test_filter_that_asks_for_current_user_loads_the_user_once_a_request(shop):
    """The first line costs the query; Flask-Login keeps the user for the others."""
    shop.log_with(Asking)
    assert shop.client.get("/").text == "shop"
    assert shop.lines() == ["ada one", "ada two"]
    assert shop.loads == ["ada"]


def test_filter_that_asks_for_current_user_recurses_if_the_loader_logs(shop):
    """The line of the loader asks for the user, whom the loader has to load."""
    shop.in_loader = lambda: shop.app.logger.info("SELECT ...")
    shop.log_with(Asking)
    shop.app.testing = True
    with pytest.raises(RecursionError):
        shop.client.get("/")
    assert len(shop.loads) > 20


def fail():
    raise OSError("no database")


@pytest.mark.parametrize("path", ["/", "/crash"])
def test_filter_that_asks_for_current_user_fails_while_an_error_is_logged(shop, path):
    """If the loader fails: Flask logs a crash first, and so makes no 500 page."""
    shop.in_loader = fail
    shop.log_with(Asking)
    with pytest.raises(OSError, match="no database"):
        shop.client.get(path)
    assert shop.lines() == []


def test_filter_that_asks_for_current_user_fails_outside_a_request(shop):
    """current_user is None there, also in an app context."""
    shop.log_with(Asking)
    with pytest.raises(AttributeError, match="get_id"):
        shop.app.logger.warning("starting")
    with shop.app.app_context(), pytest.raises(AttributeError, match="get_id"):
        shop.app.logger.warning("starting")


@pytest.mark.usefixtures("note_user")
def test_id_of_flask_login_noted_from_the_session_costs_no_query(shop):
    """A filter that reads it from g needs no loader, not even in a crash."""
    shop.in_loader = fail
    shop.log_with(Reading)
    assert shop.client.get("/").text == "shop"
    assert shop.client.get("/crash").status_code == 500
    assert shop.lines()[:3] == ["ada one", "ada two", "ada Exception on /crash [GET]"]
    assert shop.loads == []
    assert shop.app.test_client().get("/").text == "shop"
    assert shop.lines()[-2:] == ["- one", "- two"]
    shop.app.logger.warning("starting")
    assert shop.lines()[-1] == "- starting"


@pytest.mark.usefixtures("note_user")
def test_user_of_a_remember_cookie_is_not_in_the_session_before_the_first_use(shop):
    """So the first request with that cookie alone has no ID in the log."""
    assert shop.client.get("/remember").text == "True"
    shop.client.delete_cookie("session")
    assert shop.client.get("/user").text == "- ada"
    assert shop.client.get("/user").text == "ada ada"
