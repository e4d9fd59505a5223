"""Defer a callback when there is no request.

.. testcode::

   from textwrap import fill

   try:
       greet_everyone()
   except RuntimeError as error:
       print(fill(f"RuntimeError: {error}", 60))

   response = app.test_client().get("/")
   print(response.text, "|", response.headers["X-Greeting"])

.. testoutput::

   RuntimeError: 'after_this_request' can only be used when a
   request context is active, such as in a view function.
   On deck | Ahoy
"""

from flask import Flask, after_this_request

app = Flask(__name__)


def greet_everyone():
    @after_this_request
    def add_greeting(response):
        response.headers["X-Greeting"] = "Ahoy"
        return response


@app.get("/")
def deck():
    greet_everyone()
    return "On deck"
