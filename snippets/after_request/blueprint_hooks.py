"""Run the hooks of the blueprints first, from the inside out.

.. testcode::

   client = app.test_client()
   for path in "/", "/shop/", "/shop/orders/":
       response = client.get(path)
       print(response.text, response.headers.getlist("X-Hook"))

.. testoutput::

   Home ['app']
   Shop ['shop', 'app']
   Orders ['orders', 'shop', 'app']
"""

from flask import Blueprint, Flask

app = Flask(__name__)
shop = Blueprint("shop", __name__, url_prefix="/shop")
orders = Blueprint("orders", __name__, url_prefix="/orders")


@app.after_request
def name_app(response):
    response.headers.add("X-Hook", "app")
    return response


@shop.after_request
def name_shop(response):
    response.headers.add("X-Hook", "shop")
    return response


@orders.after_request
def name_orders(response):
    response.headers.add("X-Hook", "orders")
    return response


@app.get("/")
def index():
    return "Home"


@shop.get("/")
def show_shop():
    return "Shop"


@orders.get("/")
def list_orders():
    return "Orders"


shop.register_blueprint(orders)
app.register_blueprint(shop)
