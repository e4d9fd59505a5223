"""Register functions that take no argument.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except TypeError as error:
       print(f"TypeError: {error}")

   app.after_request_funcs[None] = [log_response]
   print(client.get("/").text)

.. testoutput::

   TypeError: log_request() takes 0 positional arguments but 1 was given
   after the request
   Hello
"""

from flask import Flask

app = Flask(__name__)
app.testing = True


@app.after_request
def log_request():
    print("after the request")


def log_response(response):
    print("after the request")
    return response


@app.get("/")
def index():
    return "Hello"
