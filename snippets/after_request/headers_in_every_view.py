"""Protect the pages of a shop without a hook, view by view.

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
   GET /orders 308 missing
   OPTIONS / 200 missing
   POST / 405 missing
   GET /sales 500 missing
"""

from flask import Flask, abort, make_response, redirect

PRODUCTS = {"teapot": "Teapot, 24.00"}

app = Flask(__name__)


def add_security_headers(value):
    response = make_response(value)
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@app.get("/")
def index():
    return add_security_headers("Tea and teapots")


@app.get("/products/<name>")
def show_product(name):
    if name not in PRODUCTS:
        abort(404)
    return add_security_headers(PRODUCTS[name])


@app.get("/catalogue")
def old_catalogue():
    return add_security_headers(redirect("/", 302))


@app.get("/orders/")
def list_orders():
    return add_security_headers("2 teapots")


@app.get("/sales")
def show_sales():
    sales = {}
    return add_security_headers(f"{sales['today']} sold today")


@app.errorhandler(404)
def not_found(error):
    return add_security_headers(("We don't sell that", 404))
