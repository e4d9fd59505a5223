"""Defer in before_request, in the view and in a helper.

.. testcode::

   client = app.test_client()
   for path in "/products/desk?currency=USD", "/products/lamp":
       response = client.get(path, base_url="https://localhost")
       print(response.text)
       print(response.headers["Cache-Control"])

.. testoutput::

   desk: 180 USD
   private, max-age=60
   lamp: 40 USD
   no-store
"""

from flask import Flask, after_this_request, g, request

CURRENCIES = {"EUR", "USD"}
PRICES = {"desk": 200, "lamp": 40}
SALE = {"desk": 180}
SOLD_OUT = {"desk"}

app = Flask(__name__)


@app.before_request
def choose_currency():
    g.currency = request.args.get("currency")
    if g.currency in CURRENCIES:

        @after_this_request
        def set_currency_cookie(response):
            response.set_cookie(
                "currency",
                g.currency,
                secure=True,
                httponly=True,
                samesite="Lax",
            )
            return response

    elif request.cookies.get("currency") in CURRENCIES:
        g.currency = request.cookies["currency"]
    else:
        g.currency = "EUR"


@app.after_request
def forbid_caching(response):
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@app.get("/products/<any(desk, lamp):product>")
def show_product(product):
    if product in SOLD_OUT:

        @after_this_request
        def mark_sold_out(response):
            response.headers["X-Stock"] = "sold out"
            return response

    return f"{product}: {find_price(product)} {g.currency}"


def find_price(product):
    if product in SALE:
        after_this_request(cache_for_a_minute)
        return SALE[product]
    return PRICES[product]


def cache_for_a_minute(response):
    response.headers["Cache-Control"] = "private, max-age=60"
    return response
