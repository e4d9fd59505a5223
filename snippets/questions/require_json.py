"""Refuse bodies that aren't JSON, before the view.

.. testcode::

   client = app.test_client()
   print(client.post("/orders", json={"tea": 2}).status)
   print(client.post("/orders", data={"tea": 2}).status)
   print(client.get("/orders").status)

.. testoutput::

   200 OK
   415 UNSUPPORTED MEDIA TYPE
   200 OK
"""

from flask import Flask, abort, request

app = Flask(__name__)


@app.before_request
def require_json():
    has_body = request.method in {"POST", "PUT", "PATCH"}
    if has_body and not request.is_json:
        abort(415)


@app.route("/orders", methods=["GET", "POST"])
def orders():
    return "Orders"
