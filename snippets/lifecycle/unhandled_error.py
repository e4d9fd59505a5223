"""Raise an exception that nothing catches, also with TESTING.

.. testcode::

   client = app.test_client()
   response = client.get("/")
   print(response.status, response.headers["Cache-Control"])

   app.testing = True
   try:
       client.get("/")
   except KeyError as error:
       print("no response:", repr(error))

.. testoutput::

   500 INTERNAL SERVER ERROR no-store
   no response: KeyError('price')
"""

import logging

from flask import Flask, g

app = Flask(__name__)
app.logger.setLevel(logging.CRITICAL)  # keeps the traceback short


@app.before_request
def load_user():
    g.user = "anna"


@app.after_request
def forbid_caching(response):
    response.headers["Cache-Control"] = "no-store"
    return response


@app.teardown_request
def release_lock(exception):
    pass


@app.get("/")
def index():
    raise KeyError("price")
