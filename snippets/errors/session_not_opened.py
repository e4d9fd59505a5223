"""Show the session on the 500 page when its store is down.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except Exception as error:
       print(f"{type(error).__name__}: {error}")
   app.session_interface = CarefulSessions()
   print(client.get("/").text)

In Flask 3.1.3:

.. testoutput::
   :skipif: not (3, 1, 3) <= RELEASE < (3, 2)

   AssertionError: The session has not yet been opened.
   Hello, guest

In earlier releases:

.. testoutput::
   :skipif: RELEASE >= (3, 1, 3)

   AttributeError: 'NoneType' object has no attribute 'get'
   Hello, guest

In Flask 3.2, which opens it once more:

.. testoutput::
   :skipif: RELEASE < (3, 2)

   ConnectionError: the store is down
   Hello, guest
"""

import re
from importlib.metadata import version

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface

RELEASE = tuple(map(int, re.findall(r"\d+", version("flask"))[:3]))

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.logger.disabled = True  # for this example: it logs the failure


def load(request):
    raise ConnectionError("the store is down")


class Sessions(SecureCookieSessionInterface):
    def open_session(self, app, request):
        return load(request)


class CarefulSessions(SecureCookieSessionInterface):
    def open_session(self, app, request):
        try:
            return load(request)
        except ConnectionError:
            app.logger.exception("No session for %s", request.path)
            return None  # the null session


app.session_interface = Sessions()


@app.errorhandler(500)
def show_sorry(error):
    return f"Sorry, {session.get('user', 'guest')}", 500


@app.get("/")
def index():
    return f"Hello, {session.get('user', 'guest')}"
