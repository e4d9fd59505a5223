"""Set a header on what a view returned, in a decorator.

.. testcode::

   client = app.test_client()
   for path in "/", "/orders":
       try:
           client.get(path)
       except AttributeError as error:
           print(f"AttributeError: {error}")

   print(client.get("/fixed").headers["Cache-Control"])

.. testoutput::

   AttributeError: 'str' object has no attribute 'headers'
   AttributeError: 'tuple' object has no attribute 'headers'
   no-store
"""

from functools import wraps

from flask import Flask, make_response

app = Flask(__name__)
app.testing = True


def uncached(view):
    @wraps(view)
    def wrapper(**values):
        response = view(**values)
        response.headers["Cache-Control"] = "no-store"
        return response

    return wrapper


def uncached_fixed(view):
    @wraps(view)
    def wrapper(**values):
        response = make_response(view(**values))
        response.headers["Cache-Control"] = "no-store"
        return response

    return wrapper


@app.get("/")
@uncached
def index():
    return "Hello"


@app.get("/orders")
@uncached
def list_orders():
    return "No orders", 404


@app.get("/fixed")
@uncached_fixed
def fixed():
    return "Hello"
