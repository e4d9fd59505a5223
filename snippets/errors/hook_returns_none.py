"""Forget the return of an after_request function.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except TypeError as error:
       print(f"TypeError: {error}")


   app.after_request_funcs[None] = [add_header]
   print(client.get("/").headers["X-Shop"])

.. testoutput::

   TypeError: 'NoneType' object is not callable
   corner
"""

from flask import Flask

app = Flask(__name__)
app.testing = True


@app.after_request
def forget_return(response):
    response.headers["X-Shop"] = "corner"


def add_header(response):
    response.headers["X-Shop"] = "corner"
    return response


@app.get("/")
def index():
    return "Hello"
