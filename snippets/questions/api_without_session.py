"""Send no session cookie from the API.

.. testcode::

   client = app.test_client()
   for path in "/login", "/api/orders":
       headers = client.get(path).headers
       print(path, "Set-Cookie" in headers, headers.get("Vary"))

.. testoutput::

   /login True Cookie
   /api/orders False None
"""

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface


class SessionForPages(SecureCookieSessionInterface):
    def save_session(self, *args, **kwargs):
        if not request.path.startswith("/api/"):
            super().save_session(*args, **kwargs)


app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config["SESSION_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
app.session_interface = SessionForPages()


@app.before_request
def count_visits():
    session["visits"] = session.get("visits", 0) + 1


@app.get("/login")
def log_in():
    return "Log in"


@app.get("/api/orders")
def list_orders():
    return []
