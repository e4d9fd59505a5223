"""Keep the client waiting for a deferred callback.

.. testcode::

   from werkzeug.test import EnvironBuilder

   def start_response(status, headers):
       print("the server sends:", status)

   builder = EnvironBuilder(path="/bookings", method="POST")
   for piece in app(builder.get_environ(), start_response):
       print("the server sends:", piece.decode())

.. testoutput::

   printing the tickets
   the server sends: 200 OK
   the server sends: Two seats in row 4
"""

from flask import Flask, after_this_request

app = Flask(__name__)


def print_tickets():
    print("printing the tickets")


@app.post("/bookings")
def book_seats():
    @after_this_request
    def print_afterwards(response):
        print_tickets()
        return response

    return "Two seats in row 4"
