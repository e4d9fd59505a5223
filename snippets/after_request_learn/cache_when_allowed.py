"""Forbid caching unless a view allows it.

.. testcode::

   client = app.test_client()
   for path in "/", "/cart", "/orders/9", "/nowhere":
       response = client.get(path)
       print(path, response.status_code, end=" ")
       print(response.headers["Cache-Control"])

.. testoutput::

   / 200 public, max-age=60
   /cart 200 no-store
   /orders/9 500 no-store
   /nowhere 404 no-store
"""

from flask import Flask

app = Flask(__name__)
orders = {7: "2 teapots"}


@app.after_request
def forbid_caching(response):
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@app.get("/")
def index():
    return "Tea", {"Cache-Control": "public, max-age=60"}


@app.get("/cart")
def show_cart():
    return "1 teapot"


@app.get("/orders/<int:number>")
def show_order(number):
    return {"items": orders[number]}
