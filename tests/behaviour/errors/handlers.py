"""Handlers and views that the tests of errors share."""


def answer(name, status=200):
    """An error handler that answers with its name."""
    return lambda error: (name, status)


def fails(app, error, rule="/fails"):
    """Add a view that raises *error*."""

    def fail():
        raise error

    app.add_url_rule(rule, view_func=fail, endpoint=rule.strip("/"))


def body(app, url="/fails"):
    return app.test_client().get(url).text
