"""Define a signal and send it from a view.

.. testcode::

   print(app.test_client().post("/orders").text)

.. testoutput::

   mail the receipt of order 7
   Thank you
"""

from blinker import Namespace
from flask import Flask, current_app

app = Flask(__name__)
order_placed = Namespace().signal("order-placed")


@order_placed.connect_via(app)
def mail_receipt(sender, number, **extra):
    print(f"mail the receipt of order {number}")


@app.post("/orders")
def place_order():
    shop = current_app._get_current_object()
    order_placed.send(shop, number=7)
    return "Thank you"
