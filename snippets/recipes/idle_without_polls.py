"""Log users out after 15 idle minutes, whatever a script polls.

.. testcode::

   import time
   from unittest.mock import patch

   client = app.test_client()
   client.post("/login", base_url="https://shop.example")
   start = time.time()
   for minutes, path in (10, "/"), (20, "/news"), (26, "/"):
       with patch("time.time", return_value=start + 60 * minutes):
           page = client.get(path, base_url="https://shop.example")
           print(minutes, path, page.text)

.. testoutput::

   10 / Hello, ada
   20 /news no news
   26 / Hello, stranger
"""

from datetime import timedelta

from flask import Flask, request, session

app = Flask(__name__)
app.config.update(
    SECRET_KEY="change me: read it from the environment",
    PERMANENT_SESSION_LIFETIME=timedelta(minutes=15),
    SESSION_REFRESH_EACH_REQUEST=False,
    SESSION_COOKIE_SECURE=True,
    SESSION_COOKIE_SAMESITE="Lax",
)


@app.before_request
def renew_session():
    polls = request.endpoint in {"show_news", "static", None}
    if not polls and "user" in session:
        session.modified = True


@app.post("/login")
def log_in():
    session.clear()
    session["user"] = "ada"  # in your app: check a password first
    session.permanent = True
    return "Welcome"


@app.get("/")
def index():
    return f"Hello, {session.get('user', 'stranger')}"


@app.get("/news")
def show_news():
    return "no news"
