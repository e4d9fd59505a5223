"""Forget the return of a view.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except TypeError as error:
       print(f"TypeError: {error}")
   print(client.get("/fixed").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   TypeError: The view function for 'index' did not return a valid
   response. The function either returned None or ended without a return
   statement.
   Hello
"""

from flask import Flask

app = Flask(__name__)
app.testing = True


@app.get("/")
def index():
    "Hello"


@app.get("/fixed")
def fixed():
    return "Hello"
