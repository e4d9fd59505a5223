"""Return early, and still run what was deferred before.

.. testcode::

   response = app.test_client().get("/cart")
   print(response.status, "|", response.text)
   print(response.headers["Content-Language"])

.. testoutput::

   503 SERVICE UNAVAILABLE | Back at noon
   en
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.before_request
def choose_language():
    @after_this_request
    def add_language(response):
        response.headers["Content-Language"] = "en"
        return response


@app.before_request
def close_for_maintenance():
    return "Back at noon", 503


@app.before_request
def load_cart():
    @after_this_request
    def add_cart_size(response):
        response.headers["X-Cart-Size"] = "2"
        return response


@app.get("/cart")
def show_cart():
    return "Two lamps"
