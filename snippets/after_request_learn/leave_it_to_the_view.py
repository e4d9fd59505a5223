"""Fill in a header only where the view has not set it.

.. testcode::

   client = app.test_client()
   for path in "/", "/orders/7":
       response = client.get(path)
       print(path, response.headers["Cache-Control"])

.. testoutput::

   / max-age=60
   /orders/7 private
"""

from flask import Flask

app = Flask(__name__)
orders = {7: "2 rye"}


@app.get("/")
def show_breads():
    return "Rye, spelt, seeded rolls"


@app.get("/orders/<int:number>")
def show_order(number):
    order = {"items": orders[number]}
    return order, {"Cache-Control": "private"}


@app.after_request
def set_cache_rule(response):
    response.headers.setdefault("Cache-Control", "max-age=60")
    return response
