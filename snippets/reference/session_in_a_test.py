"""Set and read the session in a test.

.. testcode::

   client = app.test_client()
   with client.session_transaction() as stored:
       stored["user"] = "anna"
   print(client.get("/orders").text)
   with client.session_transaction() as stored:
       print(stored["seen"])

.. testoutput::

   Orders of anna
   True
"""

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config.update(
    SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax"
)


@app.get("/orders")
def list_orders():
    session["seen"] = True
    return f"Orders of {session['user']}"
