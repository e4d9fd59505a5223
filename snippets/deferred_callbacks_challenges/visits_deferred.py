"""Count visits in a deferred callback.

.. testcode::

   client = app.test_client()
   for _ in range(3):
       print(client.get("/hall").text)

.. testoutput::

   Visits: 0
   Visits: 1
   Visits: 2
"""

from flask import Flask, after_this_request, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.get("/hall")
def enter_hall():
    @after_this_request
    def count(response):
        session["visits"] = session.get("visits", 0) + 1
        return response

    return f"Visits: {session.get('visits', 0)}"
