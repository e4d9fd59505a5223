"""Look up where Flask keeps the hooks, and which a request selects.

.. testcode::

   for key, hooks in app.after_request_funcs.items():
       print(key, [hook.__name__ for hook in hooks])
   client = app.test_client()
   for path in "/", "/shop/", "/shop/orders/", "/shop/nowhere/":
       print(path, client.get(path).headers["X-Blueprints"])

.. testoutput::

   None ['name_blueprints', 'log_request']
   shop ['forbid_caching']
   shop.orders ['hide_from_search']
   / []
   /shop/ ['shop']
   /shop/orders/ ['shop.orders', 'shop']
   /shop/nowhere/ []
"""

from flask import Blueprint, Flask, request

app = Flask(__name__)
shop = Blueprint("shop", __name__, url_prefix="/shop")
orders = Blueprint("orders", __name__, url_prefix="/orders")


@app.after_request
def name_blueprints(response):
    response.headers["X-Blueprints"] = str(request.blueprints)
    return response


@app.after_request
def log_request(response):
    return response


@shop.after_request
def forbid_caching(response):
    return response


@orders.after_request
def hide_from_search(response):
    return response


@app.get("/")
def index():
    return "Tea"


@shop.get("/")
def list_products():
    return "Teapots"


@orders.get("/")
def list_orders():
    return ["2 teapots"]


shop.register_blueprint(orders)
app.register_blueprint(shop)
