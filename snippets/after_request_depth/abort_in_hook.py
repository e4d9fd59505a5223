"""Abort in a hook: no handler for 403 is called, but the one for 500.

.. testcode::

   response = app.test_client().get("/orders/7")
   print(response.status)
   print(response.text)
   print(response.headers.getlist("X-Shop"))

.. testoutput::

   500 INTERNAL SERVER ERROR
   Something failed: 403 Forbidden
   ['yes']
"""

from flask import Flask, abort

app = Flask(__name__)


@app.after_request
def require_login(response):
    if response.status_code == 200:
        abort(403)
    return response


@app.after_request
def name_shop(response):
    response.headers.add("X-Shop", "yes")
    return response


@app.errorhandler(403)
def ask_for_login(error):
    return "Please log in", 403


@app.errorhandler(500)
def show_error(error):
    cause = error.original_exception
    return f"Something failed: {cause.code} {cause.name}", 500


@app.get("/orders/<int:number>")
def show_order(number):
    return f"Order {number}"
