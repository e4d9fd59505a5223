"""Call abort in a view.

.. testcode::

   response = app.test_client().get("/orders/8")
   print(response.status, response.headers["Cache-Control"])

.. testoutput::

   404 NOT FOUND no-store
"""

from flask import Flask, abort, g

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


@app.get("/orders/<int:number>")
def show_order(number):
    abort(404)
