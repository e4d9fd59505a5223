"""Defer a callback from a callback, and have a hook raise once.

.. testcode::

   import logging

   logging.disable()
   response = app.test_client().get("/posts/hello")
   logging.disable(logging.NOTSET)
   print(response.status)
   for function in response.headers.getlist("X-Called"):
       print(function)

.. testoutput::

   500 INTERNAL SERVER ERROR
   first_callback
   added_callback
   added_callback
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.after_request
def count_words(response):
    if response.status_code == 200:
        response.headers["X-Words"] = response.json["words"]
    return response


@app.get("/posts/hello")
def show_post():
    @after_this_request
    def first_callback(response):
        response.headers.add("X-Called", "first_callback")
        after_this_request(added_callback)
        return response

    return "Hello from the shop"


def added_callback(response):
    response.headers.add("X-Called", "added_callback")
    return response
