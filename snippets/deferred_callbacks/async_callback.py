"""Defer a coroutine function.

.. testcode::

   response = app.test_client().get("/soup")
   print(response.text)
   print(response.headers["X-Orders-Today"])

.. testoutput::

   Leek soup, 6.50
   12
"""

from flask import Flask, after_this_request

ORDERS = {"soup": 12}

app = Flask(__name__)


async def count_orders(dish):
    return ORDERS[dish]


@app.get("/soup")
def show_soup():
    @after_this_request
    async def add_orders(response):
        response.headers["X-Orders-Today"] = await count_orders("soup")
        return response

    return "Leek soup, 6.50"
