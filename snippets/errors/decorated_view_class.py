"""Decorate a view class as if it were a function.

.. testcode::

   try:
       Orders.as_view("orders")
   except AttributeError as error:
       print(error)

   fixed = OrdersFixed.as_view("orders")
   app.add_url_rule("/orders", view_func=fixed)
   response = app.test_client().get("/orders")
   print(response.text, response.headers["Cache-Control"])

.. testoutput::

   'function' object has no attribute 'as_view'
   Orders no-store
"""

from functools import wraps

from flask import Flask, make_response
from flask.views import MethodView

app = Flask(__name__)


def no_store(view):
    @wraps(view)
    def mark(*args, **values):
        response = make_response(view(*args, **values))
        response.cache_control.no_store = True
        return response

    return mark


@no_store
class Orders(MethodView):
    def get(self):
        return "Orders"


class OrdersFixed(MethodView):
    decorators = [no_store]

    def get(self):
        return "Orders"
