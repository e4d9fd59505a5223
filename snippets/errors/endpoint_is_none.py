"""Ask an endpoint for its text, also for an unknown URL.

.. testcode::

   client = app.test_client()
   try:
       client.get("/unknown")
   except TypeError as error:
       print(type(error).__name__)

   app.before_request_funcs[None] = [skip_static_fixed]
   print(client.get("/unknown").status_code)

.. testoutput::

   TypeError
   404
"""

from flask import Flask, g, request

app = Flask(__name__)
app.testing = True


@app.before_request
def skip_static():
    g.is_file = "static" in request.endpoint


def skip_static_fixed():
    g.is_file = "static" in (request.endpoint or "")


@app.get("/")
def index():
    return "Hello"
