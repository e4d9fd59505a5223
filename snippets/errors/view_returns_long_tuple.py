"""Return a tuple of the wrong length.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except TypeError as error:
       print(f"TypeError: {error}")
   print(client.get("/fixed").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   TypeError: The view function did not return a valid response tuple.
   The tuple must have the form (body, status, headers), (body, status),
   or (body, headers).
   Hello
"""

from flask import Flask

app = Flask(__name__)
app.testing = True


@app.get("/")
def index():
    return "Hello", 200, {"X-Shop": "corner"}, "tea"


@app.get("/fixed")
def fixed():
    return "Hello", 200, {"X-Shop": "corner"}
