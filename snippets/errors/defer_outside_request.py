"""Defer a function where there is no request.

.. testcode::

   try:
       remember_visit()
   except RuntimeError as error:
       print(error)

   print(app.test_client().get("/").headers["X-Visit"])

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   'after_this_request' can only be used when a request context is
   active, such as in a view function.
   remembered
"""

from flask import Flask, after_this_request

app = Flask(__name__)


def add_header(response):
    response.headers["X-Visit"] = "remembered"
    return response


def remember_visit():
    after_this_request(add_header)


@app.get("/")
def index():
    remember_visit()
    return "Hello"
