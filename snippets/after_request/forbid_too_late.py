"""Forbid in a hook what the view has already done.

.. testcode::

   response = app.test_client().delete("/beds/3")
   print(response.status, beds)
   beds[3] = "leeks"

.. testoutput::

   403 FORBIDDEN {}
"""

from flask import Flask, Response, request

app = Flask(__name__)
beds = {3: "leeks"}


@app.delete("/beds/<int:number>")
def clear_bed(number):
    return {"cleared": beds.pop(number)}


@app.after_request
def ask_for_key(response):
    if request.headers.get("X-Garden-Key") != "rosemary":
        return Response("Gardeners only", 403)
    return response
