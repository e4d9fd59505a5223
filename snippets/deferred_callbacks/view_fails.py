"""Run the deferred callback although the view fails.

.. testcode::

   client = app.test_client()
   for number in 1, 2, 3:
       response = client.get(f"/parcels/{number}")
       print(response.status, "|", response.headers["X-Parcel"])

.. testoutput::

   200 OK | 1
   404 NOT FOUND | 2
   500 INTERNAL SERVER ERROR | 3
"""

from flask import Flask, abort, after_this_request

WEIGHTS = {1: 250, 3: None}

app = Flask(__name__)


@app.get("/parcels/<int:number>")
def show_weight(number):
    @after_this_request
    def name_parcel(response):
        response.headers["X-Parcel"] = number
        return response

    if number not in WEIGHTS:
        abort(404)
    return f"{WEIGHTS[number] / 1000} kg"
