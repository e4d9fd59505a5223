"""Return True from a before_request function, to go on.

.. testcode::

   client = app.test_client()
   for hook in is_open, is_open_fixed:
       app.before_request_funcs[None] = [hook]
       try:
           print(client.get("/").text)
       except TypeError as error:
           print(f"TypeError: {error}")

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   TypeError: The view function did not return a valid response. The
    return type must be a string, dict, list, tuple with headers or
    status, Response instance, or WSGI callable, but it was a bool.
   Shop
"""

from flask import Flask, abort

app = Flask(__name__)
app.testing = True
OPEN = True


@app.before_request
def is_open():
    return OPEN


def is_open_fixed():
    if not OPEN:
        abort(503)


@app.get("/")
def index():
    return "Shop"
