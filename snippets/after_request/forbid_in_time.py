"""Forbid before the view can do anything.

.. testcode::

   response = app.test_client().delete("/beds/3")
   print(response.status, cleared)

.. testoutput::

   403 FORBIDDEN set()
"""

from flask import Flask, request

app = Flask(__name__)
cleared = set()


@app.before_request
def ask_for_key():
    if request.headers.get("X-Garden-Key") != "rosemary":
        return "Gardeners only", 403


@app.delete("/beds/<int:number>")
def clear_bed(number):
    cleared.add(number)
    return {"cleared": number}
