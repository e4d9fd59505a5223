"""Abort in a hook: only the handler of 500 is asked.

.. testcode::

   response = app.test_client().get("/letters/7")
   print(response.status)
   print(response.text)
   print(response.headers.getlist("X-Franked"))

.. testoutput::

   500 INTERNAL SERVER ERROR
   Lost in the post: 403 Forbidden
   ['yes']
"""

from flask import Flask, abort

app = Flask(__name__)


@app.after_request
def check_postage(response):
    if response.status_code == 200:
        abort(403)
    return response


@app.after_request
def frank(response):
    response.headers.add("X-Franked", "yes")
    return response


@app.errorhandler(403)
def ask_for_postage(error):
    return "Add a stamp", 403


@app.errorhandler(500)
def report_loss(error):
    cause = error.original_exception
    return f"Lost in the post: {cause.code} {cause.name}", 500


@app.get("/letters/<int:number>")
def show_letter(number):
    return f"Letter {number}"
