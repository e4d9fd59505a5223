"""Count visits when the request is torn down.

.. testcode::

   client = app.test_client()
   for _ in range(3):
       print(client.get("/hall").text)

.. testoutput::

   Visits: 0
   Visits: 0
   Visits: 0
"""

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.teardown_request
def count(exception):
    session["visits"] = session.get("visits", 0) + 1


@app.get("/hall")
def enter_hall():
    return f"Visits: {session.get('visits', 0)}"
