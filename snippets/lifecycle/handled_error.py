"""Raise an exception that an error handler catches.

.. testcode::

   response = app.test_client().get("/orders/8")
   print(response.status, response.headers["Cache-Control"])

.. testoutput::

   409 CONFLICT no-store
"""

from flask import Flask, g

app = Flask(__name__)


class OutOfStock(Exception):
    pass


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


@app.errorhandler(OutOfStock)
def show_out_of_stock(error):
    return "Out of stock", 409


@app.get("/orders/<int:number>")
def show_order(number):
    raise OutOfStock
