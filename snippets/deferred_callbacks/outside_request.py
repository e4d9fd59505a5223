"""Defer a callback when there is no request.

.. testcode::

   from textwrap import fill

   try:
       announce_sale()
   except RuntimeError as error:
       print(fill(f"RuntimeError: {error}", 60))

   response = app.test_client().get("/")
   print(response.text, "|", response.headers["X-Sale"])

.. testoutput::

   RuntimeError: 'after_this_request' can only be used when a
   request context is active, such as in a view function.
   Lamps and desks | today
"""

from flask import Flask, after_this_request

app = Flask(__name__)


def announce_sale():
    @after_this_request
    def add_sale_header(response):
        response.headers["X-Sale"] = "today"
        return response


@app.get("/")
def index():
    announce_sale()
    return "Lamps and desks"
