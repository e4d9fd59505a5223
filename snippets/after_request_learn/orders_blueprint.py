"""Give the orders a blueprint, and the blueprint a hook.

.. testcode::

   client = app.test_client()
   for path in "/", "/orders/7", "/orders/seven":
       response = client.get(path)
       print(path, response.status_code, end=" ")
       print(response.headers["Cache-Control"])

.. testoutput::

   / 200 max-age=60
   /orders/7 200 private
   /orders/seven 404 no-store
"""

from flask import Blueprint, Flask

app = Flask(__name__)
counter = Blueprint("counter", __name__, url_prefix="/orders")
orders = {7: "2 rye"}


@app.get("/")
def show_breads():
    return "Rye, spelt, seeded rolls"


@counter.get("/<int:number>")
def show_order(number):
    return {"items": orders[number]}


@counter.after_request
def keep_private(response):
    response.headers["Cache-Control"] = "private"
    return response


@app.after_request
def set_cache_rule(response):
    rule = "max-age=60" if response.status_code == 200 else "no-store"
    response.headers.setdefault("Cache-Control", rule)
    return response


app.register_blueprint(counter)
