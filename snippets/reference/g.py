"""Keep a value for the rest of the request.

.. testcode::

   client = app.test_client()
   print(client.get("/").text)
   print(client.get("/").text)

.. testoutput::

   loaded 1 time
   loaded 1 time
"""

from flask import Flask, g

app = Flask(__name__)


def load_prices():
    if "prices" not in g:
        g.prices = {"tea": 3}
        g.loads = g.get("loads", 0) + 1
    return g.prices


@app.get("/")
def index():
    load_prices()
    load_prices()
    return f"loaded {g.loads} time"
