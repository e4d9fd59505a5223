"""Weigh parcels whose weight is unknown.

.. testcode::

   try:
       response = app.test_client().get("/parcels")
       print(response.status_code)
   except KeyError as error:
       print("KeyError", error)

.. testoutput::

   500
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def sign(response):
    response.headers["X-Signed"] = "yes"
    return response


@app.after_request
def weigh(response):
    if response.is_json:
        response.headers["X-Weight"] = response.json["weight"]
    return response


@app.after_request
def stamp(response):
    response.headers["X-Stamp"] = "paid"
    return response


@app.get("/parcels")
def list_parcels():
    return {"parcels": ["lamp", "boots"]}
