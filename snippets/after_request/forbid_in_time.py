"""Forbid before the view can do anything.

.. testcode::

   response = app.test_client().delete("/beds/3")
   print(response.status, beds)

.. testoutput::

   403 FORBIDDEN {3: 'leeks'}
"""

from flask import Flask, request

app = Flask(__name__)
beds = {3: "leeks"}


@app.before_request
def ask_for_key():
    if request.headers.get("X-Garden-Key") != "rosemary":
        return "Gardeners only", 403


@app.delete("/beds/<int:number>")
def clear_bed(number):
    return {"cleared": beds.pop(number)}
