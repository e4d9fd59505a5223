"""Refresh a permanent session that the view never uses.

Flask sends a permanent session's cookie with every response. Before
Flask 2.2.5, and in 2.3.0 and 2.3.1, that response has no Vary header:
a shared cache may give the cookie to other visitors.

.. testcode::

   client = app.test_client()
   client.post("/login")
   headers = client.get("/products").headers
   print("Set-Cookie:", "session=" in headers.get("Set-Cookie", ""))
   print("Vary:", headers.get("Vary"))

Before Flask 2.2.5, and in 2.3.0 and 2.3.1:

.. testoutput::
   :skipif: VARY

   Set-Cookie: True
   Vary: None

Flask 2.2.5, and since 2.3.2:

.. testoutput::
   :skipif: not VARY

   Set-Cookie: True
   Vary: Cookie
"""

import re
from importlib.metadata import version

from flask import Flask, session

RELEASE = tuple(map(int, re.findall(r"\d+", version("flask"))[:3]))
VARY = (2, 2, 5) <= RELEASE < (2, 3) or RELEASE >= (2, 3, 2)

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config.update(
    SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax"
)


@app.post("/login")
def log_in():
    session.permanent = True
    session["user"] = "anna"  # in your app: check a password first
    return "Welcome"


@app.get("/products")
def list_products():
    return "Tea, coffee"
