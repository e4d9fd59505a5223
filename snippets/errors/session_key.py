"""Read a key of the session that a visitor doesn't have.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except KeyError as error:
       print(f"KeyError: {error}")
   print(client.get("/fixed").text)

.. testoutput::

   KeyError: 'user_id'
   Hello, None
"""

from flask import Flask, g, request, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.testing = True


@app.before_request
def load_user():
    if request.path != "/fixed":
        g.user = session["user_id"]


@app.before_request
def load_user_fixed():
    g.user = session.get("user_id")


@app.get("/")
@app.get("/fixed", endpoint="fixed")
def index():
    return f"Hello, {g.user}"
