"""Look the value up when the callback runs.

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
    for name in DEFAULTS:

        @after_this_request
        def keep(response):
            response.set_cookie(name, DEFAULTS[name])
            return response

    return "Settings kept"
