"""Log users out 15 minutes after their last request.

.. testcode::

   import time
   from unittest.mock import patch

   client = app.test_client()
   client.post("/login", base_url="https://shop.example")
   start = time.time()
   for minutes in 14, 28, 44:
       with patch("time.time", return_value=start + 60 * minutes):
           page = client.get("/", base_url="https://shop.example")
           print(f"after {minutes} minutes:", page.text)

.. testoutput::

   after 14 minutes: Hello, ada
   after 28 minutes: Hello, ada
   after 44 minutes: Hello, stranger
"""

from datetime import timedelta

from flask import Flask, session

app = Flask(__name__)
app.config.update(
    SECRET_KEY="change me: read it from the environment",
    PERMANENT_SESSION_LIFETIME=timedelta(minutes=15),
    SESSION_COOKIE_SECURE=True,
    SESSION_COOKIE_SAMESITE="Lax",
)


@app.post("/login")
def log_in():
    session.clear()
    session["user"] = "ada"  # in your app: check a password first
    session.permanent = True
    return "Welcome"


@app.get("/")
def index():
    return f"Hello, {session.get('user', 'stranger')}"
