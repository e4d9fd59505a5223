"""Which lines of a log are written twice, which are lost, and what caplog gets."""

import io
import logging
import logging.config
from contextlib import contextmanager

import pytest
from flask import Flask


@contextmanager
def no_handlers(name):
    """Take the handlers of pytest away, and those of a logger at the end."""
    root, logger = logging.getLogger(), logging.getLogger(name)
    kept = root.handlers[:]
    root.handlers[:] = []
    try:
        yield root
    finally:
        root.handlers[:] = kept
        logger.handlers.clear()
        logger.setLevel(logging.NOTSET)


@pytest.mark.parametrize(("late", "lines"), [(True, 2), (False, 1)])
def test_handler_that_the_root_logger_gets_late_writes_lines_a_second_time(
    capsys, late, lines
):
    """One that is there at the first use of app.logger keeps Flask's away."""
    name = f"shop with {lines} handlers"
    with no_handlers(name):
        app = Flask(name)
        if late:
            app.logger.warning("starting")
        logging.basicConfig(format="%(message)s")
        capsys.readouterr()
        app.logger.warning("sold out")
        assert len(app.logger.handlers) == lines - 1
    written = capsys.readouterr().err.splitlines()
    assert len(written) == lines
    assert all(line.endswith("sold out") for line in written)


@pytest.mark.parametrize("kind", ["stream", "file"])
def test_handler_that_a_factory_adds_is_one_more_for_each_app(tmp_path, kind):
    """Apps of one name share their logger."""
    stream, path = io.StringIO(), tmp_path / "shop.log"
    name = f"shop of a factory, {kind}"

    def create_app():
        app = Flask(name)
        handler = logging.StreamHandler(stream)
        if kind == "file":
            handler = logging.FileHandler(path, encoding="utf-8")
        app.logger.addHandler(handler)
        return app

    with no_handlers(name):
        first, second, third = create_app(), create_app(), create_app()
        assert first.logger is second.logger is third.logger
        assert first.logger is logging.getLogger(first.name)
        third.logger.warning("hi")
        for handler in first.logger.handlers:
            handler.close()
    written = path.read_text("utf-8") if kind == "file" else stream.getvalue()
    assert written == "hi\nhi\nhi\n"


def test_dict_config_in_a_factory_leaves_one_handler(capsys):
    """It replaces the handlers of the root logger."""
    settings = {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"console": {"class": "logging.StreamHandler"}},
        "root": {"handlers": ["console"]},
    }

    def create_app():
        logging.config.dictConfig(settings)
        app = Flask("shop that is configured")
        app.logger.warning("starting")
        return app

    with no_handlers("shop that is configured") as root:
        create_app()
        create_app()
        app = create_app()
        assert (len(root.handlers), app.logger.handlers) == (1, [])
    assert capsys.readouterr().err == "starting\n" * 3


def test_handler_of_500_that_logs_makes_a_second_line_of_a_crash(app, caplog):
    """Flask's line comes first, with the same exception."""

    @app.errorhandler(500)
    def handle(error):
        app.logger.error("failed", exc_info=error.original_exception)
        return "Sorry", 500

    app.add_url_rule("/", "index", lambda: {}["tea"])
    assert app.test_client().get("/").status_code == 500
    assert caplog.messages == ["Exception on / [GET]", "failed"]
    first, second = caplog.records
    assert first.exc_info[1] is second.exc_info[1]


def test_line_without_a_field_of_its_format_is_lost_and_the_request_goes_on(
    app, capsys, monkeypatch
):
    """Python prints why; a filter on app.logger does not see other loggers."""
    # pytest has the logging of a test fail instead.
    monkeypatch.setattr(logging, "raiseExceptions", True)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("[%(request_id)s] %(message)s"))

    def add_id(record):
        record.request_id = "made-1"
        return True

    @app.get("/")
    def index():
        app.logger.warning("shown")
        logging.getLogger("library").warning("queried")
        return "Tea"

    with no_handlers(app.name) as root:
        root.addHandler(handler)
        app.logger.addFilter(add_id)
        response = app.test_client().get("/")
        app.logger.removeFilter(add_id)
    assert (response.status_code, response.text) == (200, "Tea")
    assert stream.getvalue() == "[made-1] shown\n"
    said = capsys.readouterr().err
    assert said.startswith("--- Logging error ---\n")
    assert "\nKeyError: 'request_id'\n" in said
    assert "\nValueError: Formatting field not found in record: 'request_id'\n" in said


@pytest.fixture
def logging_app():
    """An app whose hook logs a line of each of two levels."""
    app = Flask("shop that logs", static_folder=None)

    @app.after_request
    def log_request(response):
        app.logger.info("shown")
        app.logger.warning("sold out")
        return response

    yield app
    app.logger.setLevel(logging.NOTSET)


@pytest.mark.parametrize("testing", [True, False])
def test_caplog_gets_lines_of_level_info_if_a_level_lets_them_through(
    logging_app, caplog, testing
):
    """By default those of WARNING and above, with TESTING as well."""
    logging_app.testing = testing
    client = logging_app.test_client()
    client.get("/")
    assert caplog.messages == ["sold out"]
    caplog.clear()
    with caplog.at_level(logging.INFO):
        client.get("/")
    assert caplog.messages == ["shown", "sold out"]
    caplog.clear()
    logging_app.logger.setLevel(logging.INFO)
    client.get("/")
    assert caplog.messages == ["shown", "sold out"]


def test_caplog_gets_nothing_of_a_logger_that_does_not_propagate(
    logging_app, caplog, monkeypatch
):
    """The handler of caplog is on the root logger."""
    client = logging_app.test_client()
    monkeypatch.setattr(logging_app.logger, "propagate", False)
    client.get("/")
    assert caplog.messages == []
    monkeypatch.setattr(logging_app.logger, "propagate", True)
    client.get("/")
    assert caplog.messages == ["sold out"]
