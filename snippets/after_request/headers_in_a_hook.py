"""Protect the pages of a shop with one hook.

.. testcode::

   for method, path in [
       ("GET", "/"),
       ("GET", "/products/teapot"),
       ("GET", "/catalogue"),
       ("GET", "/products/lamp"),
       ("GET", "/orders"),
       ("OPTIONS", "/"),
       ("POST", "/"),
       ("GET", "/sales"),
   ]:
       response = app.test_client().open(path, method=method)
       frame = response.headers.get("X-Frame-Options", "missing")
       print(method, path, response.status_code, frame)

.. testoutput::

   GET / 200 DENY
   GET /products/teapot 200 DENY
   GET /catalogue 302 DENY
   GET /products/lamp 404 DENY
   GET /orders 308 DENY
   OPTIONS / 200 DENY
   POST / 405 DENY
   GET /sales 500 DENY
"""

from flask import Flask, abort, redirect

PRODUCTS = {"teapot": "Teapot, 24.00"}

app = Flask(__name__)


@app.after_request
def add_security_headers(response):
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@app.get("/")
def index():
    return "Tea and teapots"


@app.get("/products/<name>")
def show_product(name):
    if name not in PRODUCTS:
        abort(404)
    return PRODUCTS[name]


@app.get("/catalogue")
def old_catalogue():
    return redirect("/", 302)


@app.get("/orders/")
def list_orders():
    return "2 teapots"


@app.get("/sales")
def show_sales():
    sales = {}
    return f"{sales['today']} sold today"


@app.errorhandler(404)
def not_found(error):
    return "We don't sell that", 404
