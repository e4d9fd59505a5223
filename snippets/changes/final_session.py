"""Follow a redirect in a test, and look at the session afterwards.

Up to Flask 3.1.1 session and request are those of the first request.
Since 3.1.2 they are those of the last. A test that follows the redirect
itself sees the last on every version.

.. testcode::

   with app.test_client() as client:
       client.get("/login", follow_redirects=True)
       print(request.path, session["visits"])

   with app.test_client() as client:
       client.get(client.get("/login").location)
       print(request.path, session["visits"])

Before Flask 3.1.2:

.. testoutput::
   :skipif: RELEASE >= (3, 1, 2)

   /login ['login']
   /home ['login', 'home']

Since Flask 3.1.2:

.. testoutput::
   :skipif: RELEASE < (3, 1, 2)

   /home ['login', 'home']
   /home ['login', 'home']
"""

import re
from importlib.metadata import version

from flask import Flask, redirect, request, session

RELEASE = tuple(map(int, re.findall(r"\d+", version("flask"))[:3]))

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config.update(
    SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax"
)


def note_visit():
    visits = session.get("visits", [])
    session["visits"] = [*visits, request.endpoint]


@app.get("/login")
def login():
    note_visit()
    return redirect("/home")


@app.get("/home")
def home():
    note_visit()
    return "Home"
