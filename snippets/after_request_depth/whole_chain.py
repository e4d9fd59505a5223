"""Pass one response through every kind of callback.

.. testcode::

   response = app.test_client().get("/shop/orders/7")
   for step in response.headers.getlist("X-Passed"):
       print(step)
   print(response.text)

.. testoutput::

   set_language
   remember_order
   orders
   shop
   app, registered last
   app, registered first
   request_finished
   Order 7
"""

from flask import (
    Blueprint,
    Flask,
    after_this_request,
    request_finished,
    session,
)

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
shop = Blueprint("shop", __name__, url_prefix="/shop")
orders = Blueprint("orders", __name__, url_prefix="/orders")


@app.before_request
def load_user():
    @after_this_request
    def set_language(response):
        response.headers.add("X-Passed", "set_language")
        return response


@app.after_request
def add_security_headers(response):
    passed = "app, registered first"
    response.headers.add("X-Passed", passed)
    return response


@app.after_request
def log_request(response):
    passed = "app, registered last"
    response.headers.add("X-Passed", passed)
    return response


@shop.after_request
def name_shop(response):
    response.headers.add("X-Passed", "shop")
    return response


@orders.after_request
def name_orders(response):
    response.headers.add("X-Passed", "orders")
    return response


@orders.get("/<int:number>")
def show_order(number):
    @after_this_request
    def remember_order(response):
        response.headers.add("X-Passed", "remember_order")
        return response

    session["order"] = number
    return f"Order {number}"


@request_finished.connect_via(app)
def count_response(sender, response):
    response.headers.add("X-Passed", "request_finished")


@app.teardown_request
def clean_up(error):
    pass


shop.register_blueprint(orders)
app.register_blueprint(shop)
