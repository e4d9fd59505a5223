"""Read a session without its secret key.

.. testcode::

   response = app.test_client().get("/")
   print(read_without_key(response.headers["Set-Cookie"]))

.. testoutput::

   b'{"user":"anna"}'
"""

import base64

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config.update(
    SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax"
)


def read_without_key(header):
    payload = header.removeprefix("session=").partition(".")[0]
    return base64.urlsafe_b64decode(payload + "==")


@app.get("/")
def index():
    session["user"] = "anna"
    return "Shop"
