"""Register for one blueprint, and for the whole app from a blueprint.

.. testcode::

   client = app.test_client()
   for path in ("/orders/", "/"):
       client.get(path)
       print(path, ran)
       ran.clear()

.. testoutput::

   /orders/ ['load_user', 'load_order']
   / ['load_user']
"""

from flask import Blueprint, Flask

app = Flask(__name__)
orders = Blueprint("orders", __name__, url_prefix="/orders")
ran = []


@orders.before_request
def load_order():
    ran.append("load_order")


@orders.before_app_request
def load_user():
    ran.append("load_user")


@orders.get("/")
def list_orders():
    return "Orders"


@app.get("/")
def index():
    return "Shop"


app.register_blueprint(orders)
