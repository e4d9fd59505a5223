"""Compare which hooks run when no view is called.

.. testcode::

   client = app.test_client()
   for method, path in requests:
       response = client.open(path, method=method)
       hooks = response.headers.getlist("X-Hook")
       print(method, path, response.status_code, hooks)

.. testoutput::

   HEAD /orders/ 200 ['orders', 'app']
   OPTIONS /orders/ 200 ['orders', 'app']
   PUT /orders/ 405 ['app']
   GET /orders 308 ['app']
   GET /orders/42 404 ['app']
"""

from flask import Blueprint, Flask

app = Flask(__name__)
orders = Blueprint("orders", __name__, url_prefix="/orders")
requests = [
    ("HEAD", "/orders/"),
    ("OPTIONS", "/orders/"),
    ("PUT", "/orders/"),
    ("GET", "/orders"),
    ("GET", "/orders/42"),
]


@app.after_request
def name_app(response):
    response.headers.add("X-Hook", "app")
    return response


@orders.after_request
def name_orders(response):
    response.headers.add("X-Hook", "orders")
    return response


@orders.get("/")
def list_orders():
    return ["2 teapots"]


app.register_blueprint(orders)
