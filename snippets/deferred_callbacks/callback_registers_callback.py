"""Register a deferred callback from a deferred callback.

.. testcode::

   response = app.test_client().get("/relay")
   for runner in response.headers.getlist("X-Runner"):
       print(runner)
   print(response.text)

.. testoutput::

   first
   second
   third, added by the first
   finish
   Relay race
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.after_request
def finish(response):
    response.headers.add("X-Runner", "finish")
    return response


@app.get("/relay")
def start():
    @after_this_request
    def run_first(response):
        response.headers.add("X-Runner", "first")
        after_this_request(run_third)
        return response

    @after_this_request
    def run_second(response):
        response.headers.add("X-Runner", "second")
        return response

    return "Relay race"


def run_third(response):
    response.headers.add("X-Runner", "third, added by the first")
    return response
