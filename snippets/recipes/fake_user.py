"""Give a test a user on g, before all hooks.

.. testcode::

   from flask import appcontext_pushed

   def set_user(sender, **extra):
       g.user = "ada"

   client = app.test_client()
   with appcontext_pushed.connected_to(set_user, app):
       print(client.get("/").text)
   print(client.get("/").text)

.. testoutput::

   Hello, ada
   Hello, stranger
"""

from flask import Flask, g

app = Flask(__name__)


@app.before_request
def load_user():
    if "user" not in g:
        g.user = "stranger"  # in your app: ask the database


@app.get("/")
def index():
    return f"Hello, {g.user}"
