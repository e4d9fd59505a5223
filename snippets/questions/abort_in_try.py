"""Abort inside a try block, and after it.

.. testcode::

   client = app.test_client()
   for path in "/orders/8", "/fixed/8", "/fixed/7":
       response = client.get(path)
       print(path, response.status_code, response.text)

.. testoutput::

   /orders/8 503 The shop is closed
   /fixed/8 404 No such order
   /fixed/7 200 tea
"""

from flask import Flask, abort

app = Flask(__name__)
orders = {7: "tea"}


@app.errorhandler(404)
def show_missing(error):
    return "No such order", 404


@app.get("/orders/<int:number>")
def show_order(number):
    try:
        order = orders.get(number)
        if order is None:
            abort(404)
        return order
    except Exception:  # catches what abort raises
        return "The shop is closed", 503


@app.get("/fixed/<int:number>")
def show_order_fixed(number):
    try:
        order = orders.get(number)
    except Exception:
        return "The shop is closed", 503
    if order is None:
        abort(404)
    return order
