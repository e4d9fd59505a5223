"""Return something that can't become a response.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except TypeError as error:
       print(f"TypeError: {error}")
   print(client.get("/fixed").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   TypeError: The view function did not return a valid response. The
   return type must be a string, dict, list, tuple with headers or
   status, Response instance, or WSGI callable, but it was a int.
   7
"""

from flask import Flask

app = Flask(__name__)
app.testing = True
STOCK = 7


@app.get("/")
def show_stock():
    return STOCK


@app.get("/fixed")
def fixed():
    return str(STOCK)
