"""Test a hook by itself, and in a whole request.

.. testcode::

   with app.test_request_context("/orders/7"):
       response = app.make_response("Order 7")
       print(add_security_headers(response).headers["X-Frame-Options"])

   with app.test_client() as client:
       response = client.get("/orders/7")
       print(response.headers["X-Frame-Options"], g.user)

.. testoutput::

   DENY
   DENY anna
"""

from flask import Flask, g

app = Flask(__name__)


@app.before_request
def load_user():
    g.user = "anna"


@app.after_request
def add_security_headers(response):
    response.headers["X-Frame-Options"] = "DENY"
    return response


@app.get("/orders/<int:number>")
def show_order(number):
    return f"Order {number}"
