"""Defer a coroutine function.

.. testcode::

   response = app.test_client().get("/products/lamp")
   print(response.text)
   print(response.headers["X-Sold-Today"])

.. testoutput::

   Lamp, 40 EUR
   12
"""

from flask import Flask, after_this_request

app = Flask(__name__)


async def count_sales():
    return 12


@app.get("/products/lamp")
def show_product():
    @after_this_request
    async def add_sales(response):
        response.headers["X-Sold-Today"] = str(await count_sales())
        return response

    return "Lamp, 40 EUR"
