"""Defer in a view that aborts, and in the error handler.

.. testcode::

   response = app.test_client().post("/orders")
   print(response.status, "|", response.text)
   print(response.headers["X-Queue"])
   print(response.headers["Retry-After"])

.. testoutput::

   409 CONFLICT | Sold out
   7
   3600
"""

from flask import Flask, abort, after_this_request

IN_STOCK = 0
WAITING = 7

app = Flask(__name__)


@app.post("/orders")
def place_order():
    @after_this_request
    def add_queue_length(response):
        response.headers["X-Queue"] = str(WAITING)
        return response

    if IN_STOCK < 1:
        abort(409)
    return "Ordered"


@app.errorhandler(409)
def show_sold_out(error):
    @after_this_request
    def add_retry_after(response):
        response.headers["Retry-After"] = "3600"
        return response

    return "Sold out", 409
