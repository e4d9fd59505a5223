"""Change the secret key and keep the sessions signed with the old one.

Before Flask 3.1 SECRET_KEY_FALLBACKS is an unknown setting: the session
is empty. Flask 3.1.0 reads old sessions, but signs with the old key,
too. Since 3.1.1 new sessions are signed with the new key.

.. testcode::

   old, new = create_app("old key"), create_app("new key")
   both = create_app("new key", ["old key"])

   cookie = log_in(old, "anna")
   print("with both keys:", show_greeting(both, cookie))

   cookie = log_in(both, "bert")
   for name, app in ("old", old), ("new", new):
       print(f"with the {name} key:", show_greeting(app, cookie))

Before Flask 3.1:

.. testoutput::
   :skipif: RELEASE >= (3, 1, 0)

   with both keys: Hello, stranger
   with the old key: Hello, stranger
   with the new key: Hello, bert

Flask 3.1.0:

.. testoutput::
   :skipif: RELEASE != (3, 1, 0)

   with both keys: Hello, anna
   with the old key: Hello, bert
   with the new key: Hello, stranger

Since Flask 3.1.1:

.. testoutput::
   :skipif: RELEASE < (3, 1, 1)

   with both keys: Hello, anna
   with the old key: Hello, stranger
   with the new key: Hello, bert
"""

import re
from importlib.metadata import version

from flask import Flask, session

RELEASE = tuple(map(int, re.findall(r"\d+", version("flask"))[:3]))


def create_app(key, old_keys=None):
    app = Flask(__name__)
    app.config["SECRET_KEY"] = key
    app.config["SECRET_KEY_FALLBACKS"] = old_keys
    app.config["SESSION_COOKIE_SECURE"] = True
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.post("/login/<any(anna, bert):user>")(login)
    app.get("/")(greet)
    return app


def login(user):
    session["user"] = user  # in your app: check a password first
    return "Welcome"


def greet():
    return f"Hello, {session.get('user', 'stranger')}"


def log_in(app, user):
    response = app.test_client().post(f"/login/{user}")
    return response.headers["Set-Cookie"]


def show_greeting(app, cookie):
    client = app.test_client(use_cookies=False)
    return client.get("/", headers={"Cookie": cookie}).text
