"""Log users out eight hours after their login, however active they are.

.. testcode::

   import time
   from unittest.mock import patch

   client = app.test_client()
   client.post("/login", base_url="https://shop.example")
   start = time.time()
   for hours in 1, 4, 7, 8:
       with patch("time.time", return_value=start + 3600 * hours):
           page = client.get("/", base_url="https://shop.example")
       print(f"after {hours} hours:", page.text)

.. testoutput::

   after 1 hours: Hello, ada
   after 4 hours: Hello, ada
   after 7 hours: Hello, ada
   after 8 hours: Hello, stranger
"""

import time

from flask import Flask, session

app = Flask(__name__)
app.config.update(
    SECRET_KEY="change me: read it from the environment",
    SESSION_COOKIE_SECURE=True,
    SESSION_COOKIE_SAMESITE="Lax",
)
LONGEST = 8 * 60 * 60  # seconds


@app.before_request
def end_old_session():
    if "user" in session and session.get("ends", 0) <= time.time():
        session.clear()


@app.post("/login")
def log_in():
    session.clear()
    session["user"] = "ada"  # in your app: check a password first
    session["ends"] = time.time() + LONGEST
    return "Welcome"


@app.get("/")
def index():
    return f"Hello, {session.get('user', 'stranger')}"
