"""Give a blueprint names that Flask refuses.

.. no request: Flask refuses before there is an app.

.. testcode::

   for refused in name_with_a_dot, endpoint_with_a_dot, nest_in_itself:
       try:
           refused()
       except ValueError as error:
           print(error)

.. testoutput::

   'name' may not contain a dot '.' character.
   'endpoint' may not contain a dot '.' character.
   Cannot register a blueprint on itself
"""

from flask import Blueprint

orders = Blueprint("orders", __name__)


def name_with_a_dot():
    Blueprint("shop.orders", __name__)


def endpoint_with_a_dot():
    orders.add_url_rule("/", endpoint="shop.index")


def nest_in_itself():
    orders.register_blueprint(orders)
