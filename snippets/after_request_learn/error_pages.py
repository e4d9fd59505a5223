"""Reach the pages of errors, which no view has made.

.. testcode::

   client = app.test_client()
   for path in "/", "/cakes", "/orders/9":
       response = client.get(path)
       print(response.status, response.headers["Cache-Control"])

.. testoutput::

   200 OK max-age=60
   404 NOT FOUND no-store
   500 INTERNAL SERVER ERROR no-store
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
    rule = "max-age=60" if response.status_code == 200 else "no-store"
    response.headers.setdefault("Cache-Control", rule)
    return response
