"""Defer from an after_request hook: the callback never runs.

.. testcode::

   response = app.test_client().get("/posts/hello")
   print(response.text)
   print(response.headers.get("X-Author"))

.. testoutput::

   Hello from the shop
   None
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.after_request
def defer_too_late(response):
    if response.status_code == 200:
        after_this_request(add_author)
    return response


def add_author(response):
    response.headers["X-Author"] = "Ada"
    return response


@app.get("/posts/hello")
def show_post():
    return "Hello from the shop"
