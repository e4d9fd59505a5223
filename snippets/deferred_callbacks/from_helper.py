"""Add a header from a helper function far below the view.

.. testcode::

   client = app.test_client()
   for path in "/price/usd", "/price/jpy":
       response = client.get(path)
       print(response.text, "|", response.headers.get("X-Rate-From"))

.. testoutput::

   54.0 | None
   8100.0 | yesterday
"""

from flask import Flask, after_this_request

TODAY = {"usd": 1.08}
YESTERDAY = {"usd": 1.07, "jpy": 162.0}

app = Flask(__name__)


@app.get("/price/<any(usd, jpy):currency>")
def show_price(currency):
    return str(convert(50, currency))


def convert(euros, currency):
    return euros * find_rate(currency)


def find_rate(currency):
    if currency in TODAY:
        return TODAY[currency]
    after_this_request(mark_as_old)
    return YESTERDAY[currency]


def mark_as_old(response):
    response.headers["X-Rate-From"] = "yesterday"
    return response
