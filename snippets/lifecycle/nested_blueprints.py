"""Nest a blueprint, with hooks on each level.

.. testcode::

   print(app.test_client().get("/shop/orders/").text)

.. testoutput::

   Orders
"""

from flask import Blueprint, Flask

app = Flask(__name__)
shop = Blueprint("shop", __name__, url_prefix="/shop")
orders = Blueprint("orders", __name__, url_prefix="/orders")


@app.before_request
def before_app():
    pass


@shop.before_request
def before_shop():
    pass


@orders.before_request
def before_orders():
    pass


@orders.get("/")
def list_orders():
    return "Orders"


@app.after_request
def after_app(response):
    return response


@shop.after_request
def after_shop(response):
    return response


@orders.after_request
def after_orders(response):
    return response


@app.teardown_request
def teardown_app(exception):
    pass


@orders.teardown_request
def teardown_orders(exception):
    pass


shop.register_blueprint(orders)
app.register_blueprint(shop)
