"""Change the response made from a view's value.

.. testcode::

   response = app.test_client().get("/orders/7")
   print(response.status)
   print(response.headers["Cache-Control"])
   print(response.json)

.. testoutput::

   202 ACCEPTED
   no-store
   {'number': 7}
"""

from flask import Flask, make_response

app = Flask(__name__)


@app.get("/orders/<int:number>")
def show_order(number):
    response = make_response({"number": number}, 202)
    response.headers["Cache-Control"] = "no-store"
    return response
