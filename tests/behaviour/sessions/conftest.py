"""What the tests of sessions share."""

import pytest
from flask import session


@pytest.fixture
def basket(app):
    """A shop whose session holds the items that were put into the basket."""
    app.secret_key = "tea"

    @app.get("/add/<item>")
    def add(item):
        session[item] = 1
        return "Added"

    @app.get("/remember")
    def remember():
        session.permanent = True
        return "Remembered"

    @app.get("/forget")
    def forget():
        session.permanent = False
        return "Forgotten"

    @app.get("/show")
    def show():
        return dict(session)

    @app.get("/clear")
    def clear():
        session.clear()
        return "Cleared"

    @app.get("/about")
    def about():
        return "About"

    return app
