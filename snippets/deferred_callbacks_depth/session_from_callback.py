"""Change the session in a callback: it is saved into the cookie.

.. testcode::

   client = app.test_client()
   print(client.get("/quiz/capital").text)
   print(client.get("/quiz/capital").text)

.. testoutput::

   Capital of Peru? (asked 0 times)
   Capital of Peru? (asked 1 times)
"""

from flask import Flask, after_this_request, session

app = Flask(__name__)
app.secret_key = "for this example only"


@app.get("/quiz/capital")
def ask():
    asked = session.get("asked", 0)

    @after_this_request
    def count_question(response):
        if response.status_code == 200:
            session["asked"] = asked + 1
        return response

    return f"Capital of Peru? (asked {asked} times)"
