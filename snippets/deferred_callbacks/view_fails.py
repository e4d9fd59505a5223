"""Run the deferred callback although the view fails.

.. testcode::

   client = app.test_client()
   for number in 1, 2, 3:
       response = client.get(f"/orders/{number}")
       order = response.headers["X-Order"]
       print(response.status, "|", order, "|", response.text[:15])

.. testoutput::

   200 OK | 1 | 0.25 kg
   404 NOT FOUND | 2 | <!doctype html>
   500 INTERNAL SERVER ERROR | 3 | <!doctype html>
"""

from flask import Flask, abort, after_this_request

WEIGHTS = {1: 250, 3: None}

app = Flask(__name__)


@app.get("/orders/<int:number>")
def show_weight(number):
    @after_this_request
    def add_order_number(response):
        response.headers["X-Order"] = str(number)
        return response

    if number not in WEIGHTS:
        abort(404)
    return f"{WEIGHTS[number] / 1000} kg"
