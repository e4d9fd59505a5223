"""Log a user out of this device, or of all devices.

.. testcode::

   https = {"base_url": "https://shop.example"}
   phone, laptop = app.test_client(), app.test_client()
   for path in "/logout", "/logout-everywhere":
       for client in phone, laptop:
           client.post("/login", **https)
       laptop.post(path, **https)
       print(path)
       print("  laptop:", laptop.get("/", **https).text)
       print("  phone:", phone.get("/", **https).text)

.. testoutput::

   /logout
     laptop: Hello, stranger
     phone: Hello, anna
   /logout-everywhere
     laptop: Hello, stranger
     phone: Hello, stranger
"""

import secrets

from flask import Flask, g, session

app = Flask(__name__)
app.config.update(
    SECRET_KEY="change me: read it from the environment",
    SESSION_COOKIE_SECURE=True,
    SESSION_COOKIE_SAMESITE="Lax",
)
LOGINS = {}  # in your app: a table of tokens, users and devices


@app.before_request
def load_user():
    g.user = LOGINS.get(session.get("login"))


@app.post("/login")
def log_in():
    session.clear()
    session["login"] = secrets.token_hex(16)
    LOGINS[session["login"]] = "anna"  # first check a password
    return "Welcome"


@app.post("/logout")
def log_out():
    LOGINS.pop(session.get("login"), None)
    session.clear()
    return "Goodbye"


@app.post("/logout-everywhere")
def log_out_everywhere():
    for login, user in list(LOGINS.items()):
        if user == g.user:
            del LOGINS[login]
    session.clear()
    return "Goodbye"


@app.get("/")
def index():
    return f"Hello, {g.user or 'stranger'}"
