"""Serve one resource with a class, with one decorator.

.. testcode::

   client = app.test_client()
   print(client.get("/orders/7").text)
   print(client.delete("/orders/7").status)
   print(client.get("/orders/7").headers["Cache-Control"])

.. testoutput::

   Order 7
   204 NO CONTENT
   no-store
"""

from functools import wraps

from flask import Flask, make_response
from flask.views import MethodView

app = Flask(__name__)


def forbid_caching(view):
    @wraps(view)
    def uncached(**values):
        response = make_response(view(**values))
        response.headers["Cache-Control"] = "no-store"
        return response

    return uncached


class OrderView(MethodView):
    decorators = [forbid_caching]

    def get(self, number):
        return f"Order {number}"

    def delete(self, number):
        return "", 204


app.add_url_rule(
    "/orders/<int:number>", view_func=OrderView.as_view("order")
)
