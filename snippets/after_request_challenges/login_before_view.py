"""Refuse strangers in a before_request function.

.. testcode::

   response = app.test_client().delete("/members/anna")
   print(response.status_code, MEMBERS)

.. testoutput::

   401 ['anna', 'bert']
"""

from flask import Flask, session

MEMBERS = ["anna", "bert"]

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.before_request
def refuse_strangers():
    if "admin" not in session:
        return "Please log in.", 401


@app.delete("/members/<name>")
def remove(name):
    MEMBERS.remove(name)
    return f"{name} has left the club"
