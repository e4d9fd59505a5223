"""Add a header from a helper function below the view.

.. testcode::

   client = app.test_client()
   for path in "/products/lamp", "/products/desk":
       response = client.get(path)
       print(response.text, "|", response.headers.get("X-Counted"))

.. testoutput::

   lamp: 12 in stock | None
   desk: 3 in stock | yesterday
"""

from flask import Flask, after_this_request

COUNTED_TODAY = {"lamp": 12}
COUNTED_YESTERDAY = {"lamp": 14, "desk": 3}

app = Flask(__name__)


@app.get("/products/<any(lamp, desk):product>")
def show_product(product):
    return describe(product)


def describe(product):
    return f"{product}: {find_stock(product)} in stock"


def find_stock(product):
    if product in COUNTED_TODAY:
        return COUNTED_TODAY[product]
    after_this_request(mark_as_old)
    return COUNTED_YESTERDAY[product]


def mark_as_old(response):
    response.headers["X-Counted"] = "yesterday"
    return response
