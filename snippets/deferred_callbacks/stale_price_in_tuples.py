"""Hand a fact up through every function, along with the price.

.. testcode::

   client = app.test_client()
   for offer in "lamp/5", "desk/5", "desk/50":
       response = client.get(f"/offers/{offer}")
       print(response.status, "|", response.headers.get("X-Price"))

.. testoutput::

   200 OK | None
   200 OK | yesterday
   422 UNPROCESSABLE ENTITY | None
"""

from flask import Flask, abort, make_response

TODAY = {"lamp": 9.5}
YESTERDAY = {"lamp": 9.0, "desk": 24.0}
LIMIT = 1000

app = Flask(__name__)


@app.get("/offers/<any(lamp, desk):product>/<int:count>")
def show_offer(product, count):
    price, is_stale = price_of_offer(product, count)
    response = make_response(f"{price:.2f}")
    if is_stale:
        response.headers["X-Price"] = "yesterday"
        response.headers["Cache-Control"] = "no-store"
    return response


def price_of_offer(product, count):
    price_of_one, is_stale = find_price(product)
    price = price_of_one * count
    if price > LIMIT:
        abort(422)
    return price, is_stale


def find_price(product):
    is_stale = product not in TODAY
    prices = YESTERDAY if is_stale else TODAY
    return prices[product], is_stale
