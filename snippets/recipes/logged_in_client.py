"""Log a user in for a test, without the login form.

.. testcode::

   def logged_in(name):
       client = app.test_client()
       with client.session_transaction() as stored:
           stored["user"] = name
       return client

   print(app.test_client().get("/orders").status)
   with logged_in("anna") as client:
       print(client.get("/orders").text)
       print(g.user, session["seen"])

.. testoutput::

   401 UNAUTHORIZED
   Orders of anna
   anna True
"""

from flask import Flask, abort, g, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.before_request
def load_user():
    g.user = session.get("user")


@app.get("/orders")
def list_orders():
    if g.user is None:
        abort(401)
    session["seen"] = True
    return f"Orders of {g.user}"
