"""Defer in a view that aborts, and in the error handler.

.. testcode::

   response = app.test_client().post("/cakes")
   print(response.status, "|", response.text)
   print(response.headers["X-Queue"])
   print(response.headers["Retry-After"])

.. testoutput::

   409 CONFLICT | Sold out
   7 waiting
   3600
"""

from flask import Flask, abort, after_this_request

CAKES = 0
WAITING = 7

app = Flask(__name__)


@app.post("/cakes")
def order_cake():
    @after_this_request
    def show_queue(response):
        response.headers["X-Queue"] = f"{WAITING} waiting"
        return response

    if CAKES < 1:
        abort(409)
    return "One cake"


@app.errorhandler(409)
def apologise(error):
    @after_this_request
    def suggest_return(response):
        response.headers["Retry-After"] = "3600"
        return response

    return "Sold out", 409
