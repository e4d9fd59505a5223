"""Build the URL of a view that does not exist.

.. testcode::

   from werkzeug.routing import BuildError

   client = app.test_client()
   try:
       client.get("/")
   except BuildError as error:
       print(error)
   print(client.get("/fixed").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   Could not build url for endpoint 'show_orders' with values
   ['number']. Did you mean 'show_order' instead?
   /orders/7
"""

from flask import Flask, url_for

app = Flask(__name__)
app.testing = True


@app.get("/orders/<int:number>")
def show_order(number):
    return f"Order {number}"


@app.get("/")
def index():
    return url_for("show_orders", number=7)


@app.get("/fixed")
def fixed():
    return url_for("show_order", number=7)
