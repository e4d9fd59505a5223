"""Abort with a code for which Werkzeug has no exception.

.. testcode::

   client = app.test_client()
   try:
       client.get("/order")
   except LookupError as error:
       print(f"LookupError: {error}")
   print(client.get("/order-fixed").status_code)

.. testoutput::

   LookupError: no exception for 499
   499
"""

from flask import Flask, abort, make_response

app = Flask(__name__)
app.testing = True


@app.get("/order")
def show_order():
    abort(499)


@app.get("/order-fixed")
def show_order_fixed():
    abort(make_response("closed", 499))
