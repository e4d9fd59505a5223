"""Connect to a signal twice, and send it twice.

A signal keeps a receiver weakly: a function that lives in create_app
alone is gone when create_app returns. And current_app is a proxy, not
the app that the receivers wait for.

.. testcode::

   create_app().test_client().post("/orders")

.. testoutput::

   sent by the proxy
   sent by the app
   mail_receipt
"""

from blinker import Namespace
from flask import Flask, current_app

order_placed = Namespace().signal("order-placed")


def create_app():
    app = Flask(__name__)

    def count_order(sender):
        print("count_order")

    def mail_receipt(sender):
        print("mail_receipt")

    order_placed.connect(count_order, app)
    order_placed.connect(mail_receipt, app, weak=False)

    @app.post("/orders")
    def place_order():
        print("sent by the proxy")
        order_placed.send(current_app)
        print("sent by the app")
        order_placed.send(current_app._get_current_object())
        return "ordered", 201

    return app
