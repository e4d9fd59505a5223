"""Return a new response and lose the status and headers of the old.

.. testcode::

   response = app.test_client().post("/orders")
   print(response.status)
   print(response.headers.get("Location"))
   print(response.json)

.. testoutput::

   200 OK
   None
   {'data': {'order': 7}}
"""

from flask import Flask, jsonify

app = Flask(__name__)


@app.after_request
def wrap_in_envelope(response):
    return jsonify(data=response.get_json())


@app.post("/orders")
def create_order():
    return {"order": 7}, 201, {"Location": "/orders/7"}
