"""Answer early, and still run what was deferred before.

.. testcode::

   response = app.test_client().get("/parcels")
   print(response.status, "|", response.text)
   print(response.headers["X-Counter"])

.. testoutput::

   503 SERVICE UNAVAILABLE | Closed for lunch
   2
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.before_request
def choose_counter():
    @after_this_request
    def show_counter(response):
        response.headers["X-Counter"] = "2"
        return response


@app.before_request
def close_for_lunch():
    return "Closed for lunch", 503


@app.before_request
def greet():
    @after_this_request
    def add_greeting(response):
        response.headers["X-Greeting"] = "Good morning"
        return response


@app.get("/parcels")
def hand_out():
    return "Here is your parcel"
