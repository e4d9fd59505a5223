"""Defer a function where there is no request.

.. no request: the error comes outside of one.

.. testcode::

   try:
       remember_visit()
   except RuntimeError as error:
       print(error)

   with app.test_request_context():
       print(remember_visit())

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   'after_this_request' can only be used when a request context is
   active, such as in a view function.
   deferred
"""

from flask import Flask, after_this_request

app = Flask(__name__)


def add_header(response):
    response.headers["X-Visit"] = "remembered"
    return response


def remember_visit():
    after_this_request(add_header)
    return "deferred"
