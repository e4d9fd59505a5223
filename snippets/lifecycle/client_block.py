"""Send a request in a with block of the test client.

.. testcode::

   with app.test_client() as client:
       client.get("/")
       print("in the block:", g.user)

.. testoutput::

   in the block: anna
"""

from flask import Flask, g

app = Flask(__name__)


@app.before_request
def load_user():
    g.user = "anna"


@app.after_request
def forbid_caching(response):
    response.headers["Cache-Control"] = "no-store"
    return response


@app.teardown_request
def release_lock(exception):
    pass


@app.get("/")
def index():
    return "Hello"
