"""Choose the header by the path of the request.

.. testcode::

   client = app.test_client()
   for path in "/", "/orders/7":
       response = client.get(path)
       print(response.text.strip())
       print(response.headers["Cache-Control"])

.. testoutput::

   Rye, spelt, seeded rolls
   max-age=60
   {"items":"2 rye"}
   private
"""

from flask import Flask, request

app = Flask(__name__)
orders = {7: "2 rye"}


@app.get("/")
def show_breads():
    return "Rye, spelt, seeded rolls"


@app.get("/orders/<int:number>")
def show_order(number):
    return {"items": orders[number]}


@app.after_request
def set_cache_rule(response):
    if request.path.startswith("/orders/"):
        response.headers["Cache-Control"] = "private"
    else:
        response.headers["Cache-Control"] = "max-age=60"
    return response
