"""Write a decorator above the route, and below it.

.. testcode::

   client = app.test_client()
   for path in "/orders", "/orders/fixed":
       print(path, client.get(path).status_code)

.. testoutput::

   /orders 200
   /orders/fixed 401
"""

from functools import wraps

from flask import Flask, abort, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


def login_required(view):
    @wraps(view)
    def wrapped(*args, **kwargs):
        if "user" not in session:
            abort(401)
        return view(*args, **kwargs)

    return wrapped


@login_required
@app.get("/orders")
def list_orders():
    return "Orders"


@app.get("/orders/fixed")
@login_required
def list_orders_fixed():
    return "Orders"
