"""Crash before anything is deferred.

.. testcode::

   response = app.test_client().get("/orders/7")
   print(response.status_code)
   print(response.headers.get("X-Order"))
   print(response.headers.get("X-Price"))

.. testoutput::

   500
   None
   None
"""

from flask import Flask, after_this_request

PRICES = {8: 12}

app = Flask(__name__)


@app.get("/orders/<int:number>")
def order(number):
    price = PRICES[number]

    @after_this_request
    def name_order(response):
        response.headers["X-Order"] = number
        return response

    @after_this_request
    def name_price(response):
        response.headers["X-Price"] = price
        return response

    return f"Order {number}: {price}"
