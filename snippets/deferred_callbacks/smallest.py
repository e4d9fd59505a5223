"""Defer one change of one response.

.. testcode::

   response = app.test_client().get("/")
   print(response.text, "|", response.headers["Cache-Control"])

.. testoutput::

   High water in two hours | no-store
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.get("/")
def tide():
    after_this_request(forbid_storing)
    return "High water in two hours"


def forbid_storing(response):
    response.headers["Cache-Control"] = "no-store"
    return response
