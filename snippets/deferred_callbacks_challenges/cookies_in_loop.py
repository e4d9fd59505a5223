"""Defer a cookie in each iteration of a loop.

.. testcode::

   response = app.test_client().get("/settings")
   for cookie in response.headers.getlist("Set-Cookie"):
       print(cookie)

.. testoutput::

   units=metric; Path=/
   units=metric; Path=/
"""

from flask import Flask, after_this_request

DEFAULTS = {"size": "large", "units": "metric"}

app = Flask(__name__)


@app.get("/settings")
def set_defaults():
    for name, value in DEFAULTS.items():

        @after_this_request
        def keep(response):
            response.set_cookie(name, value)
            return response

    return "Settings kept"
