"""Return a tuple from an after_request function, as a view may.

.. testcode::

   client = app.test_client()
   for functions in [[replace_body], [add_header, replace_body]]:
       app.after_request_funcs[None] = functions
       try:
           client.get("/")
       except (TypeError, AttributeError) as error:
           print(f"{type(error).__name__}: {error}")

   app.after_request_funcs[None] = [add_header, replace_body_fixed]
   print(client.get("/").text)

.. testoutput::

   TypeError: 'tuple' object is not callable
   AttributeError: 'tuple' object has no attribute 'headers'
   Closed
"""

from flask import Flask, make_response

app = Flask(__name__)
app.testing = True


@app.after_request
def replace_body(response):
    return "Closed", 503


def replace_body_fixed(response):
    return make_response("Closed", 503)


def add_header(response):
    response.headers["X-Shop"] = "corner"
    return response


@app.get("/")
def index():
    return "Hello"
