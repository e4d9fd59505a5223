"""Leave a fact on g, and look for it after every request.

.. testcode::

   client = app.test_client()
   for offer in "lamp/5", "desk/5", "desk/50":
       response = client.get(f"/offers/{offer}")
       print(response.status, "|", response.headers.get("X-Price"))

.. testoutput::

   200 OK | None
   200 OK | yesterday
   422 UNPROCESSABLE ENTITY | yesterday
"""

from flask import Flask, abort, g

TODAY = {"lamp": 9.5}
YESTERDAY = {"lamp": 9.0, "desk": 24.0}
LIMIT = 1000

app = Flask(__name__)


@app.after_request
def mark_stale(response):
    if g.get("is_stale"):
        response.headers["X-Price"] = "yesterday"
        response.headers["Cache-Control"] = "no-store"
    return response


@app.get("/offers/<any(lamp, desk):product>/<int:count>")
def show_offer(product, count):
    return f"{price_of_offer(product, count):.2f}"


def price_of_offer(product, count):
    price = find_price(product) * count
    if price > LIMIT:
        abort(422)
    return price


def find_price(product):
    if product in TODAY:
        return TODAY[product]
    g.is_stale = True
    return YESTERDAY[product]
