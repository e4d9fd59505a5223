"""Keep responses out of caches, except those of views that allow it.

.. testcode::

   client = app.test_client()
   for path in "/products", "/cart", "/nothing", "/old":
       response = client.get(path)
       print(response.status, response.headers["Cache-Control"])

.. testoutput::

   200 OK max-age=300, public
   200 OK no-store
   404 NOT FOUND no-store
   301 MOVED PERMANENTLY no-store
"""

from flask import Flask, make_response, redirect

app = Flask(__name__)


@app.after_request
def forbid_caching(response):
    if "Cache-Control" not in response.headers:
        response.cache_control.no_store = True
    return response


@app.get("/products")
def list_products():
    response = make_response("Tea, coffee")
    response.cache_control.max_age = 300
    response.cache_control.public = True
    return response


@app.get("/cart")
def show_cart():
    return "Your cart"


@app.get("/old")
def move():
    return redirect("/products", code=301)
