"""Look at Vary before a cache may keep a page.

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
    stored = "Vary" not in response.headers
    value = "public" if stored else "no-store"
    response.headers["Cache-Control"] = value
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
