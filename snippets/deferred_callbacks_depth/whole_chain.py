"""Defer in three places; run the hooks of two blueprints and the app.

.. testcode::

   response = app.test_client().get("/shop/orders/7")
   print(response.text)
   for name in response.headers.getlist("X-Called"):
       print(name)

.. testoutput::

   Order 7: lamp
   of_before_request
   of_view
   of_helper
   orders_hook
   shop_hook
   app_hook
   on_finished
"""

from flask import Blueprint, Flask, after_this_request, request_finished

PRODUCTS = {7: "lamp"}

app = Flask(__name__)
shop = Blueprint("shop", __name__, url_prefix="/shop")
orders = Blueprint("orders", __name__, url_prefix="/orders")


@app.after_request
def app_hook(response):
    response.headers.add("X-Called", "app_hook")
    return response


@shop.after_request
def shop_hook(response):
    response.headers.add("X-Called", "shop_hook")
    return response


@orders.after_request
def orders_hook(response):
    response.headers.add("X-Called", "orders_hook")
    return response


@app.before_request
def load_user():
    @after_this_request
    def of_before_request(response):
        response.headers.add("X-Called", "of_before_request")
        return response


@orders.get("/<int:number>")
def show_order(number):
    @after_this_request
    def of_view(response):
        response.headers.add("X-Called", "of_view")
        return response

    return f"Order {number}: {find_product(number)}"


def find_product(number):
    @after_this_request
    def of_helper(response):
        response.headers.add("X-Called", "of_helper")
        return response

    return PRODUCTS[number]


@request_finished.connect_via(app)
def on_finished(sender, response, **extra):
    response.headers.add("X-Called", "on_finished")


shop.register_blueprint(orders)
app.register_blueprint(shop)
