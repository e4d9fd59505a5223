"""Leave out the slash that a URL begins with.

.. testcode::

   try:
       app.add_url_rule("orders", view_func=list_orders)
   except ValueError as error:
       print(type(error).__name__)

   app.add_url_rule("/orders", view_func=list_orders)
   print(app.test_client().get("/orders").text)

.. testoutput::

   ValueError
   Orders
"""

from flask import Flask

app = Flask(__name__)


def list_orders():
    return "Orders"
