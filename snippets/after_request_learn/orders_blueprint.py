"""Keep the pages of one blueprint out of search engines.

.. testcode::

   client = app.test_client()
   for path in "/", "/orders/7", "/orders/9", "/orders/seven":
       response = client.get(path)
       print(path, response.status_code, end=" ")
       print(response.headers.get("X-Robots-Tag"))

.. testoutput::

   / 200 None
   /orders/7 200 noindex
   /orders/9 404 noindex
   /orders/seven 404 None
"""

from flask import Blueprint, Flask, abort

app = Flask(__name__)
orders = Blueprint("orders", __name__, url_prefix="/orders")


@orders.after_request
def hide_from_search(response):
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@orders.get("/<int:number>")
def show_order(number):
    return {"items": "2 teapots"} if number == 7 else abort(404)


@app.get("/")
def index():
    return "Tea and teapots"


app.register_blueprint(orders)
