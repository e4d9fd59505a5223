"""Defer after the loop, once.

.. testcode::

   response = app.test_client().get("/settings")
   for cookie in response.headers.getlist("Set-Cookie"):
       print(cookie)

.. testoutput::

   units=metric; Path=/
"""

from flask import Flask, after_this_request

DEFAULTS = {"size": "large", "units": "metric"}

app = Flask(__name__)


@app.get("/settings")
def set_defaults():
    for name, value in DEFAULTS.items():

        def keep(response):
            response.set_cookie(name, value)
            return response

    after_this_request(keep)

    return "Settings kept"
