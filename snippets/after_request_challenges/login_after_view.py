"""Refuse strangers in an after_request hook.

.. testcode::

   response = app.test_client().delete("/members/anna")
   print(response.status_code, MEMBERS)

.. testoutput::

   401 ['bert']
"""

from flask import Flask, session

MEMBERS = ["anna", "bert"]

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.after_request
def refuse_strangers(response):
    if "admin" not in session:
        return app.make_response(("Please log in.", 401))
    return response


@app.delete("/members/<name>")
def remove(name):
    MEMBERS.remove(name)
    return f"{name} has left the club"
