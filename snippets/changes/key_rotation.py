"""Change the secret key and keep the sessions signed with the old one.

Before Flask 3.1 SECRET_KEY_FALLBACKS is an unknown setting: the session
is empty. Flask 3.1.0 reads old sessions, but signs with the old key,
too. Since 3.1.1 new sessions are signed with the new key.

.. testcode::

   old, new = create_app("old key"), create_app("new key")
   both = create_app("new key", ["old key"])

   cookie = answer(old, "/login/anna").headers["Set-Cookie"]
   print("with both keys:", answer(both, "/", cookie).text)

   cookie = answer(both, "/login/bert").headers["Set-Cookie"]
   for name, app in ("old", old), ("new", new):
       print(f"with the {name} key:", answer(app, "/", cookie).text)

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
    app.add_url_rule("/login/<user>", "login", login)
    app.add_url_rule("/", "greet", greet)
    return app


def login(user):
    session["user"] = user
    return "Welcome"


def greet():
    return f"Hello, {session.get('user', 'stranger')}"


def answer(app, path, cookie=""):
    client = app.test_client(use_cookies=False)
    return client.get(path, headers={"Cookie": cookie})
