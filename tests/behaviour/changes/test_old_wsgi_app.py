"""A copy of Flask.wsgi_app in a subclass or an extension."""

import pytest
from flask import Flask

from tests.behaviour.versions import FLASK


@pytest.mark.parametrize("name", ["auto_pop", "preserved"])
def test_request_context_has_no_auto_pop_since_flask_2_2(app, name):
    """It went with PRESERVE_CONTEXT_ON_EXCEPTION, which it served."""
    kind = "RequestContext" if FLASK < (3, 2) else "AppContext"
    context = app.test_request_context()
    with pytest.raises(AttributeError) as caught:
        getattr(context, name)
    assert str(caught.value) == f"'{kind}' object has no attribute '{name}'"


def test_copied_wsgi_app_that_pops_the_context_runs_the_teardown_functions(steps):
    """Context.pop(error) does what auto_pop did."""

    class Shop(Flask):
        def wsgi_app(self, environ, start_response):
            context = self.request_context(environ)
            first = [context] if FLASK >= (3, 2) else []
            error = None
            try:
                context.push()
                response = self.full_dispatch_request(*first)
                return response(environ, start_response)
            except Exception as raised:
                error = raised
                raise
            finally:
                context.pop(error)

    app = Shop(__name__, static_folder=None)
    app.testing = True
    app.teardown_request(lambda error: steps.append(type(error)))
    app.add_url_rule("/", "index", lambda: "Tea")
    app.add_url_rule("/crash", "crash", lambda: 1 / 0)
    client = app.test_client()
    assert client.get("/").text == "Tea"
    with pytest.raises(ZeroDivisionError):
        client.get("/crash")
    assert steps == [type(None), ZeroDivisionError]
