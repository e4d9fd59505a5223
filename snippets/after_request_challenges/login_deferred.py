"""Defer the refusal before the view.

.. testcode::

   response = app.test_client().delete("/members/anna")
   print(response.status_code, MEMBERS)

.. testoutput::

   401 ['bert']
"""

from flask import Flask, after_this_request, session

MEMBERS = ["anna", "bert"]

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.before_request
def look_who_asks():
    @after_this_request
    def refuse_strangers(response):
        if "admin" not in session:
            return app.make_response(("Please log in.", 401))
        return response


@app.delete("/members/<name>")
def remove(name):
    MEMBERS.remove(name)
    return f"{name} has left the club"
