"""Return a response from a before_request function.

.. testcode::

   response = app.test_client().get("/")
   print(response.status, response.headers["Cache-Control"])

.. testoutput::

   503 SERVICE UNAVAILABLE no-store
"""

from flask import Flask

app = Flask(__name__)


@app.before_request
def close_shop():
    return "Closed", 503


@app.before_request
def load_user():
    pass


@app.get("/")
def index():
    return "Shop"


@app.after_request
def forbid_caching(response):
    response.headers["Cache-Control"] = "no-store"
    return response
