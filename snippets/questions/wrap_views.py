"""Wrap all views of a blueprint with one decorator.

.. testcode::

   client = app.test_client()
   print(client.get("/api/orders").json)
   print(client.get("/").text)

.. testoutput::

   {'data': ['Tea']}
   Shop
"""

from functools import wraps

from flask import Blueprint, Flask, abort

api = Blueprint("api", __name__, url_prefix="/api")


@api.get("/orders")
def list_orders():
    return ["Tea"]


@api.get("/orders/<int:number>")
def show_order(number):
    abort(404)


def in_envelope(view):
    @wraps(view)
    def wrapped(**values):
        return {"data": app.ensure_sync(view)(**values)}

    return wrapped


app = Flask(__name__)
app.register_blueprint(api)
for endpoint, view in app.view_functions.items():
    if endpoint.startswith("api."):
        app.view_functions[endpoint] = in_envelope(view)


@app.get("/")
def index():
    return "Shop"
