"""Sessions, looked at and changed."""

from flask import session

from tests.bench.hooks.cases.case import SMALL, app_with, case


def with_session(change=None):
    app = app_with()
    app.secret_key = "benchmark"
    app.add_url_rule("/start", "start", lambda: session.update(user="ada") or SMALL)
    if change is not None:
        app.after_request(change)
    return app


@case("a secret key is set, no cookie comes")
def session_possible():
    return with_session()


@case("a session cookie comes, nobody looks", visited=True)
def session_untouched():
    return with_session()


@case("a hook reads the session", visited=True)
def session_read():
    return with_session(lambda response: session["user"] and response)


@case("a hook changes the session", visited=True)
def session_changed():
    def count(response):
        session["visits"] = 1
        return response

    return with_session(count)
