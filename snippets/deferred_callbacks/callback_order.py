"""Run deferred callbacks first to last, then hooks last to first.

.. testcode::

   response = app.test_client().get("/carrots")
   for step in response.headers.getlist("X-Step"):
       print(step)
   print(response.text)

.. testoutput::

   wash
   chop
   cook
   serve
   Glazed carrots
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.after_request
def serve(response):
    response.headers.add("X-Step", "serve")
    return response


@app.after_request
def cook(response):
    response.headers.add("X-Step", "cook")
    return response


@app.get("/carrots")
def prepare():
    @after_this_request
    def wash(response):
        response.headers.add("X-Step", "wash")
        return response

    @after_this_request
    def chop(response):
        response.headers.add("X-Step", "chop")
        return response

    return "Glazed carrots"
