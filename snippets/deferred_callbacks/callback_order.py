"""Run deferred callbacks first to last, then hooks last to first.

.. testcode::

   response = app.test_client().get("/")
   for function in response.headers.getlist("X-Called"):
       print(function)

.. testoutput::

   first_callback
   second_callback
   second_hook
   first_hook
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.after_request
def first_hook(response):
    response.headers.add("X-Called", "first_hook")
    return response


@app.after_request
def second_hook(response):
    response.headers.add("X-Called", "second_hook")
    return response


@app.get("/")
def index():
    @after_this_request
    def first_callback(response):
        response.headers.add("X-Called", "first_callback")
        return response

    @after_this_request
    def second_callback(response):
        response.headers.add("X-Called", "second_callback")
        return response

    return "Home"
