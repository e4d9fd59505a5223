"""Read a variable when the callback is called, not when it is deferred.

.. testcode::

   response = app.test_client().get("/cart")
   print(response.text)
   print(response.headers["X-Missing"])

.. testoutput::

   lamp, desk
   1
"""

from flask import Flask, after_this_request

CART = ["lamp", "sofa", "desk"]
IN_STOCK = {"desk", "lamp", "shelf"}

app = Flask(__name__)


@app.get("/cart")
def show_cart():
    missing = 0

    @after_this_request
    def add_missing_count(response):
        response.headers["X-Missing"] = str(missing)
        return response

    available = []
    for product in CART:
        if product in IN_STOCK:
            available.append(product)
        else:
            missing += 1
    return ", ".join(available)
