"""Redirect to the login page, from the login page too.

.. testcode::

   print(locations(create_app(require_login_everywhere)))
   print(locations(create_app(require_login)))

.. testoutput::

   / -> /login -> /login -> /login
   / -> /login -> 200 OK
"""

from flask import Flask, redirect, request, session, url_for

PUBLIC = {"log_in", "static"}


def require_login_everywhere():
    if "user" not in session:
        return redirect(url_for("log_in"))


def require_login():
    if request.endpoint is None or request.endpoint in PUBLIC:
        return  # a 404, the login page or a file
    if request.method != "OPTIONS" and "user" not in session:
        return redirect(url_for("log_in"))


def create_app(function):
    app = Flask(__name__)
    app.secret_key = "change me: read it from the environment"
    app.config["SESSION_COOKIE_SECURE"] = True
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.before_request(function)
    app.add_url_rule("/", "index", lambda: "Shop")
    app.add_url_rule("/login", "log_in", lambda: "Please log in")
    return app


def locations(app, path="/"):
    """Follow three redirects, as a browser follows twenty."""
    client = app.test_client()
    seen = [path]
    for _ in range(3):
        response = client.get(path)
        path = response.location
        if path is None:
            return " -> ".join([*seen, response.status])
        seen.append(path)
    return " -> ".join(seen)
