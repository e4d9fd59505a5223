"""Subtract a time in the session from one without a time zone.

.. testcode::

   client = app.test_client()
   client.get("/")
   try:
       client.get("/")
   except TypeError as error:
       print(error)
   print(client.get("/fixed").text)

.. testoutput::

   can't subtract offset-naive and offset-aware datetimes
   seen before
"""

from datetime import datetime, timedelta, timezone

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.testing = True


@app.get("/")
def index():
    if "seen" in session:
        datetime.now() - session["seen"]
    session["seen"] = datetime.now()
    return "hello"


@app.get("/fixed")
def index_fixed():
    ago = datetime.now(timezone.utc) - session["seen"]
    return "seen before" if ago < timedelta(days=1) else "hello"
