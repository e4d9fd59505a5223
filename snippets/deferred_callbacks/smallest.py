"""Forbid caching one response.

.. testcode::

   response = app.test_client().get("/orders/7")
   print(response.text, "|", response.headers["Cache-Control"])

.. testoutput::

   Order 7: two lamps | no-store
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.get("/orders/7")
def show_order():
    after_this_request(forbid_caching)
    return "Order 7: two lamps"


def forbid_caching(response):
    response.headers["Cache-Control"] = "no-store"
    return response
