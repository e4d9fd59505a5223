"""Call abort in a before_request and in an after_request function.

.. testcode::

   client = app.test_client()
   print(client.get("/early").status)
   print(client.get("/late").status)

.. testoutput::

   403 FORBIDDEN
   500 INTERNAL SERVER ERROR
"""

import logging

from flask import Flask, abort, request

app = Flask(__name__)
app.logger.setLevel(logging.CRITICAL)  # keeps the traceback short


@app.before_request
def refuse_early():
    if request.path == "/early":
        abort(403)


@app.after_request
def refuse_late(response):
    if request.path == "/late" and response.status_code == 200:
        abort(403)
    return response


@app.get("/early")
@app.get("/late")
def index():
    return "Hello"
