"""Forbid in a hook what the view has already done.

.. testcode::

   response = app.test_client().delete("/beds/3")
   print(response.status, cleared)

.. testoutput::

   403 FORBIDDEN {3}
"""

from flask import Flask, Response, request

app = Flask(__name__)
cleared = set()


@app.delete("/beds/<int:number>")
def clear_bed(number):
    cleared.add(number)
    return {"cleared": number}


@app.after_request
def ask_for_key(response):
    if request.headers.get("X-Garden-Key") != "rosemary":
        return Response("Gardeners only", 403)
    return response
