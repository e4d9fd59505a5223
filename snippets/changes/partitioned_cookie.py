"""Partition the session cookie of a page shown in a frame.

Before Flask 3.1 the setting is unknown, and nothing tells: the cookie
stays as it was. Since 3.1 it is marked as partitioned.

.. testcode::

   cookie = app.test_client().get("/").headers["Set-Cookie"]
   for word in sorted(cookie.split("; ")[1:]):
       print(word)

Before Flask 3.1:

.. testoutput::
   :skipif: FLASK >= (3, 1)

   HttpOnly
   Path=/
   SameSite=None
   Secure

Since Flask 3.1:

.. testoutput::
   :skipif: FLASK < (3, 1)

   HttpOnly
   Partitioned
   Path=/
   SameSite=None
   Secure
"""

from importlib.metadata import version

from flask import Flask, session

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config["SESSION_COOKIE_SAMESITE"] = "None"
app.config["SESSION_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_PARTITIONED"] = True


@app.get("/")
def remember():
    session["visitor"] = 1
    return "ok"
