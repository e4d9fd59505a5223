"""Let every cache keep every page.

.. testcode::

   client = app.test_client()
   client.get("/login")
   for path in "/", "/orders":
       print(path, client.get(path).headers["Cache-Control"])

.. testoutput::

   / public
   /orders public
"""

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.after_request
def cache(response):
    response.headers["Cache-Control"] = "public"
    return response


@app.get("/login")
def login():
    session["user"] = "anna"
    return "Welcome"


@app.get("/")
def index():
    return "Flowers for everyone"


@app.get("/orders")
def orders():
    session["seen"] = "orders"
    return f"Orders of {session['user']}"
