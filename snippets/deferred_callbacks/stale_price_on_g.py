"""Leave a fact on g, and ask for it after every request.

.. testcode::

   client = app.test_client()
   for box in "cod/5", "eel/5", "eel/50":
       response = client.get(f"/boxes/{box}")
       print(response.status, "|", response.headers.get("X-Price"))

.. testoutput::

   200 OK | None
   200 OK | of yesterday
   422 UNPROCESSABLE ENTITY | of yesterday
"""

from flask import Flask, abort, g

TODAY = {"cod": 9.5}
YESTERDAY = {"cod": 9.0, "eel": 24.0}
LIMIT = 1000

app = Flask(__name__)


@app.after_request
def mark_stale(response):
    if g.get("is_stale"):
        response.headers["X-Price"] = "of yesterday"
        response.headers["Cache-Control"] = "no-store"
    return response


@app.get("/boxes/<any(cod, eel):fish>/<int:kilos>")
def offer_box(fish, kilos):
    return f"{price_of_box(fish, kilos):.2f}"


def price_of_box(fish, kilos):
    price = find_price(fish) * kilos
    if price > LIMIT:
        abort(422)
    return price


def find_price(fish):
    if fish in TODAY:
        return TODAY[fish]
    g.is_stale = True
    return YESTERDAY[fish]
