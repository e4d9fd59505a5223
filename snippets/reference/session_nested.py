"""Add to a list in the session, without and with modified.

.. testcode::

   client = app.test_client()
   client.get("/")
   client.get("/forget/tea")
   print(client.get("/").json)
   client.get("/keep/tea")
   print(client.get("/").json)

.. testoutput::

   []
   ['tea']
"""

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config.update(
    SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax"
)


@app.get("/")
def show_cart():
    return session.setdefault("cart", [])


@app.get("/forget/<name>")
def forget(name):
    session["cart"].append(name)
    return "Not saved: the session doesn't notice"


@app.get("/keep/<name>")
def keep(name):
    session["cart"].append(name)
    session.modified = True
    return "Saved"
