"""Look at an empty session, and at the Vary header of the response.

Before Flask 2.2.5, and in 2.3.0 and 2.3.1, a session that stayed empty
added no Vary header. Since 2.2.5 and 2.3.2 reading it is enough.

.. testcode::

   client = app.test_client()
   for path in "/", "/careful":
       print(path, client.get(path).headers.get("Vary"))

Before Flask 2.2.5, and in 2.3.0 and 2.3.1:

.. testoutput::
   :skipif: VARY

   / None
   /careful Cookie

Flask 2.2.5, and since 2.3.2:

.. testoutput::
   :skipif: not VARY

   / Cookie
   /careful Cookie
"""

import re
from importlib.metadata import version

from flask import Flask, after_this_request, session

RELEASE = tuple(map(int, re.findall(r"\d+", version("flask"))[:3]))
VARY = (2, 2, 5) <= RELEASE < (2, 3) or RELEASE >= (2, 3, 2)

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config.update(
    SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax"
)


@app.get("/")
def greet():
    return f"Hello, {session.get('user', 'stranger')}"


@app.get("/careful")
def greet_carefully():
    @after_this_request
    def vary(response):
        response.vary.add("Cookie")
        return response

    return greet()
