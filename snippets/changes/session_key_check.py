"""Ask whether a key is in the session, without reading its value.

Up to Flask 3.1.2 only reading a value marks the session as accessed.
Since 3.1.3 any use of session does, so the Vary header is there.

.. testcode::

   client = app.test_client()
   client.post("/login")
   for path in "/in", "/len", "/get":
       print(path, client.get(path).headers.get("Vary"))

Before Flask 3.1.3:

.. testoutput::
   :skipif: RELEASE >= (3, 1, 3)

   /in None
   /len None
   /get Cookie

Since Flask 3.1.3:

.. testoutput::
   :skipif: RELEASE < (3, 1, 3)

   /in Cookie
   /len Cookie
   /get Cookie
"""

import re
from importlib.metadata import version

from flask import Flask, session

RELEASE = tuple(map(int, re.findall(r"\d+", version("flask"))[:3]))

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config.update(
    SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax"
)


@app.post("/login")
def log_in():
    session["user"] = "anna"  # in your app: check a password first
    return "Welcome"


@app.get("/in")
def with_in():
    return "members" if "user" in session else "guests"


@app.get("/len")
def with_len():
    return f"{len(session)} values"


@app.get("/get")
def with_get():
    return "members" if session.get("user") else "guests"
