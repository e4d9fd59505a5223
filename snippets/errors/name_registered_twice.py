"""Register two blueprints under one name.

.. testcode::

   for blueprint in orders, Blueprint("orders", __name__):
       try:
           app.register_blueprint(blueprint, url_prefix="/archive")
       except ValueError as error:
           print(error)
   app.register_blueprint(orders, url_prefix="/archive", name="archive")
   print(app.test_client().get("/archive/").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   The name 'orders' is already registered for this blueprint. Use
   'name=' to provide a unique name.
   The name 'orders' is already registered for a different blueprint.
   Use 'name=' to provide a unique name.
   Orders
"""

from flask import Blueprint, Flask

orders = Blueprint("orders", __name__)


@orders.get("/")
def list_orders():
    return "Orders"


app = Flask(__name__)
app.register_blueprint(orders)
