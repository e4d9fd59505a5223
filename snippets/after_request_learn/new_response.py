"""Return a new page from a hook, and lose what the old one carried.

.. testcode::

   response = app.test_client().get("/orders/7")
   print(response.text)
   print(response.status)
   print(response.headers["Cache-Control"])

.. testoutput::

   Closed on Mondays
   200 OK
   max-age=60
"""

from flask import Flask, Response

app = Flask(__name__)


@app.get("/orders/<int:number>")
def show_order(number):
    return "Not baked yet", 202, {"Cache-Control": "private"}


@app.after_request
def set_cache_rule(response):
    response.headers.setdefault("Cache-Control", "max-age=60")
    return response


@app.after_request
def replace_page(response):
    return Response("Closed on Mondays")
