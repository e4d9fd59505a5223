"""Answer 201 instead of 200 when a POST has made something.

.. testcode::

   client = app.test_client()
   for response in client.get("/orders/7"), client.post("/orders"):
       print(response.status, response.text.strip())

.. testoutput::

   200 OK {"items":"2 rye"}
   201 CREATED {"order":8}
"""

from flask import Flask, request

app = Flask(__name__)
orders = {7: "2 rye"}


@app.get("/")
def show_breads():
    return "Rye, spelt, seeded rolls"


@app.get("/orders/<int:number>")
def show_order(number):
    order = {"items": orders[number]}
    return order, {"Cache-Control": "private"}


@app.post("/orders")
def take_order():
    return {"order": 8}


@app.after_request
def set_cache_rule(response):
    response.headers.setdefault("Cache-Control", "max-age=60")
    return response


@app.after_request
def mark_created(response):
    if request.method == "POST" and response.status_code == 200:
        response.status_code = 201
    return response
