"""Write to the session without a secret key.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except RuntimeError as error:
       print(f"RuntimeError: {error}")


   app.secret_key = "change me: read it from the environment"
   print(client.get("/").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   RuntimeError: The session is unavailable because no secret key was
   set.  Set the secret_key on the application to something unique and
   secret.
   Welcome
"""

from flask import Flask, session

app = Flask(__name__)
app.testing = True


@app.get("/")
def log_in():
    session["user"] = "anna"
    return "Welcome"
