"""Register a hook that takes no response.

.. testcode::

   try:
       app.test_client().get("/orders")
   except TypeError as error:
       print(f"TypeError: {error}")

.. testoutput::

   TypeError: log_path() takes 0 positional arguments but 1 was given
"""

from flask import Flask, request

app = Flask(__name__)
app.testing = True


@app.after_request
def log_path():
    print(request.path)


@app.get("/orders")
def list_orders():
    return "2 teapots"
