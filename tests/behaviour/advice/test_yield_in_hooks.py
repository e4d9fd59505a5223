"""Hooks with a yield, written like a dependency of FastAPI."""

import pytest


@pytest.fixture
def shop(app, steps):
    """An app whose view notes that it ran."""
    app.add_url_rule("/", "index", lambda: steps.append("view") or "Tea")
    return app


def test_before_request_function_with_a_yield_responds_and_skips_the_view(shop, steps):
    """As if a view had returned the generator: Flask sends what it yields."""

    @shop.before_request
    def open_database():
        steps.append("open")
        yield "database"
        steps.append("close")

    assert shop.test_client().get("/").text == "database"
    assert steps == ["open", "close"]


def test_bare_yield_in_a_before_request_function_is_a_body_of_none(shop, steps):
    """It yields None, which is no bytes: the client of a test can't join it."""

    @shop.before_request
    def open_database():
        steps.append("open")
        yield

    response = shop.test_client().get("/")
    message = r"^sequence item 0: expected a bytes-like object, NoneType found$"
    with pytest.raises(TypeError, match=message):
        response.text  # noqa: B018 (reading it raises)
    assert steps == ["open"]


@pytest.mark.parametrize("testing", [False, True])
def test_after_request_function_with_a_yield_is_no_response(shop, steps, testing):
    """The exception leaves the app, in production as well."""
    shop.testing = testing

    @shop.after_request
    def add_header(response):
        steps.append("hook")
        yield response

    with pytest.raises(TypeError, match=r"^'generator' object is not callable$"):
        shop.test_client().get("/")
    assert steps == ["view"]


@pytest.mark.parametrize("register", ["teardown_request", "teardown_appcontext"])
@pytest.mark.parametrize("path", ["/", "/crash"])
def test_teardown_function_with_a_yield_never_runs(shop, steps, register, path):
    """Flask ignores the generator that it returns, whether the view raised or not."""

    @getattr(shop, register)
    def close_database(error):
        steps.append("close")
        yield

    shop.add_url_rule("/crash", "crash", lambda: 1 / 0)
    assert shop.test_client().get(path).status_code == (200 if path == "/" else 500)
    assert "close" not in steps
