"""Count visits in the view.

.. testcode::

   client = app.test_client()
   for _ in range(3):
       print(client.get("/hall").text)

.. testoutput::

   Visits: 1
   Visits: 2
   Visits: 3
"""

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.get("/hall")
def enter_hall():
    session["visits"] = session.get("visits", 0) + 1
    return f"Visits: {session.get('visits', 0)}"
