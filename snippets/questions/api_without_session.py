"""Send no session cookie from the API.

.. testcode::

   client = app.test_client()
   https = {"base_url": "https://shop.example"}
   client.post("/login", **https)
   for path in "/", "/api/orders":
       headers = client.get(path, **https).headers
       print(path, "Set-Cookie" in headers, headers.get("Vary"))

.. testoutput::

   / True Cookie
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


@app.post("/login")
def log_in():
    session.clear()
    session["user"] = "ada"  # in your app: check a password first
    session.permanent = True  # so each response sends the cookie
    return "Welcome"


@app.get("/")
def index():
    return "Shop"


@app.get("/api/orders")
def list_orders():
    return []
