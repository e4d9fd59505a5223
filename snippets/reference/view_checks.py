"""Check each request before the method of a view class.

.. testcode::

   client = app.test_client()
   print(client.get("/orders/7").status)
   with client.session_transaction() as session:
       session["user"] = "anna"
   print(client.get("/orders/7").text)

.. testoutput::

   401 UNAUTHORIZED
   Order 7
"""

from flask import Flask, abort, session
from flask.views import MethodView

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


class PrivateView(MethodView):
    def dispatch_request(self, **values):
        if "user" not in session:
            abort(401)
        return super().dispatch_request(**values)


class OrderView(PrivateView):
    def get(self, number):
        return f"Order {number}"

    def delete(self, number):
        return "", 204


app.add_url_rule(
    "/orders/<int:number>", view_func=OrderView.as_view("order")
)
