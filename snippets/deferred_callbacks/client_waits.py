"""Keep the client waiting for a deferred callback.

.. testcode::

   from werkzeug.test import EnvironBuilder

   def start_response(status, headers):
       print("the server sends:", status)

   builder = EnvironBuilder(path="/orders", method="POST")
   for piece in app(builder.get_environ(), start_response):
       print("the server sends:", piece.decode())

.. testoutput::

   sending the mail
   the server sends: 200 OK
   the server sends: Two lamps ordered
"""

from flask import Flask, after_this_request

app = Flask(__name__)


def send_mail():
    print("sending the mail")


@app.post("/orders")
def place_order():
    @after_this_request
    def mail_receipt(response):
        send_mail()
        return response

    return "Two lamps ordered"
