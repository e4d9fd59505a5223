"""Load the user before each view; require one for orders.

.. testcode::

   client = app.test_client()
   print(client.get("/orders/").status)
   with client.session_transaction() as session:
       session["user"] = "anna"
   print(client.get("/orders/").text)

.. testoutput::

   401 UNAUTHORIZED
   Orders of anna
"""

from flask import Flask, abort, g, request, session

app = Flask(__name__)
app.secret_key = "set this from the environment"


@app.before_request
def load_user():
    g.user = session.get("user")


@app.before_request
def require_login():
    if g.user is None and request.endpoint != "login":
        abort(401)


@app.get("/orders/")
def list_orders():
    return f"Orders of {g.user}"


@app.get("/login")
def login():
    return "Log in"
