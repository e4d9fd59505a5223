"""Log a path if there is a request.

.. testcode::

   print(describe_place())
   with app.app_context():
       print(describe_place())
   print(app.test_client().get("/orders").text)

.. testoutput::

   no context
   app context without a request
   request for /orders
"""

from flask import (
    Flask,
    has_app_context,
    has_request_context,
    request,
)

app = Flask(__name__)


def describe_place():
    if has_request_context():
        return f"request for {request.path}"
    if has_app_context():
        return "app context without a request"
    return "no context"


@app.get("/orders")
def list_orders():
    return describe_place()
