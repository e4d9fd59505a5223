"""Set SameSite to a text that isn't one of its three values.

.. testcode::

   client = app.test_client()
   for value in "", "Lax":
       app.config["SESSION_COOKIE_SAMESITE"] = value
       try:
           print(client.get("/").text)
       except ValueError as error:
           print(f"ValueError: {error}")

.. testoutput::

   ValueError: SameSite must be 'Strict', 'Lax', or 'None'.
   Hello
"""

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.testing = True


@app.get("/")
def index():
    session["visited"] = True
    return "Hello"
