"""Send a method that a view class doesn't define.

.. testcode::

   app.add_url_rule("/", view_func=Orders.as_view("orders"))
   client = app.test_client()
   try:
       client.put("/")
   except AssertionError as error:
       print(error)
   print(client.get("/").text)

.. testoutput::

   Unimplemented method 'PUT'
   Orders
"""

from flask import Flask
from flask.views import MethodView

app = Flask(__name__)
app.testing = True


class Orders(MethodView):
    methods = ["GET", "PUT"]  # leave it out: Flask finds the functions

    def get(self):
        return "Orders"
