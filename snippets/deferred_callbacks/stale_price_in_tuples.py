"""Hand a fact up through every function, beside the price.

.. testcode::

   client = app.test_client()
   for box in "cod/5", "eel/5", "eel/50":
       response = client.get(f"/boxes/{box}")
       print(response.status, "|", response.headers.get("X-Price"))

.. testoutput::

   200 OK | None
   200 OK | of yesterday
   422 UNPROCESSABLE ENTITY | None
"""

from flask import Flask, abort, make_response

TODAY = {"cod": 9.5}
YESTERDAY = {"cod": 9.0, "eel": 24.0}
LIMIT = 1000

app = Flask(__name__)


@app.get("/boxes/<any(cod, eel):fish>/<int:kilos>")
def offer_box(fish, kilos):
    price, is_stale = price_of_box(fish, kilos)
    response = make_response(f"{price:.2f}")
    if is_stale:
        response.headers["X-Price"] = "of yesterday"
        response.headers["Cache-Control"] = "no-store"
    return response


def price_of_box(fish, kilos):
    price_per_kilo, is_stale = find_price(fish)
    price = price_per_kilo * kilos
    if price > LIMIT:
        abort(422)
    return price, is_stale


def find_price(fish):
    is_stale = fish not in TODAY
    prices = YESTERDAY if is_stale else TODAY
    return prices[fish], is_stale
