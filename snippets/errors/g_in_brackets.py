"""Read a value on g with brackets.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except TypeError as error:
       print(f"TypeError: {error}")
   print(client.get("/fixed").text)

.. testoutput::

   TypeError: '_AppCtxGlobals' object is not subscriptable
   Hello, anna
"""

from flask import Flask, g

app = Flask(__name__)
app.testing = True


@app.before_request
def load_user():
    g.user = "anna"


@app.get("/")
def show_user():
    return f"Hello, {g['user']}"


@app.get("/fixed")
def show_user_fixed():
    return f"Hello, {g.user}"
