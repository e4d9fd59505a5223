"""Give a blueprint names that Flask refuses.

.. testcode::

   for refused in name_with_a_dot, endpoint_with_a_dot, nest_in_itself:
       try:
           refused()
       except ValueError as error:
           print(error)

   print(create_app().test_client().get("/orders").text)

.. testoutput::

   'name' may not contain a dot '.' character.
   'endpoint' may not contain a dot '.' character.
   Cannot register a blueprint on itself
   /orders
"""

from flask import Blueprint, Flask, url_for

orders = Blueprint("orders", __name__)


@orders.get("/orders")
def list_orders():
    return url_for("orders.list_orders")


def name_with_a_dot():
    Blueprint("shop.orders", __name__)


def endpoint_with_a_dot():
    orders.add_url_rule("/", endpoint="shop.index")


def nest_in_itself():
    orders.register_blueprint(orders)


def create_app():
    app = Flask(__name__)
    app.register_blueprint(orders)
    return app
