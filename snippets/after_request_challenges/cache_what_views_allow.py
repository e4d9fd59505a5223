"""Let caches keep only what a view allows.

.. testcode::

   client = app.test_client()
   client.get("/login")
   for path in "/", "/orders":
       print(path, client.get(path).headers["Cache-Control"])

.. testoutput::

   / public
   /orders no-store
"""

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.after_request
def cache(response):
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@app.get("/login")
def login():
    session["user"] = "anna"
    return "Welcome"


@app.get("/")
def index():
    return "Flowers for everyone", {"Cache-Control": "public"}


@app.get("/orders")
def orders():
    session["seen"] = "orders"
    return f"Orders of {session['user']}"
