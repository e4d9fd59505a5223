"""Defer a callback from a deferred callback.

.. testcode::

   response = app.test_client().get("/")
   for function in response.headers.getlist("X-Called"):
       print(function)

.. testoutput::

   first_callback
   second_callback
   added_callback
   hook
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.after_request
def hook(response):
    response.headers.add("X-Called", "hook")
    return response


@app.get("/")
def index():
    @after_this_request
    def first_callback(response):
        response.headers.add("X-Called", "first_callback")
        after_this_request(added_callback)
        return response

    @after_this_request
    def second_callback(response):
        response.headers.add("X-Called", "second_callback")
        return response

    return "Home"


def added_callback(response):
    response.headers.add("X-Called", "added_callback")
    return response
