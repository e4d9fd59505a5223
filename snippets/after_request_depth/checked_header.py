"""Put into a header only what a list allows.

.. testcode::

   client = app.test_client()
   for sent in "EUR", "EUR%0D%0ASet-Cookie:%20a=b", "%E2%82%AC":
       response = client.get(f"/?currency={sent}")
       print(response.status_code, response.headers.get("X-Currency"))

.. testoutput::

   200 EUR
   200 None
   200 None
"""

from flask import Flask, request

app = Flask(__name__)
currencies = {"EUR", "GBP", "USD"}


@app.after_request
def name_currency(response):
    currency = request.args.get("currency")
    if currency in currencies:
        response.headers["X-Currency"] = currency
    return response


@app.get("/")
def index():
    return "Teapot, 24.00"
