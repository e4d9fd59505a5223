"""Read the request where there is none.

.. testcode::

   try:
       read_language()
   except RuntimeError as error:
       print(str(error).splitlines()[0])

   with app.test_request_context("/?lang=en"):
       print(read_language())

.. testoutput::

   Working outside of request context.
   en
"""

from flask import Flask, request

app = Flask(__name__)


def read_language():
    return request.args.get("lang")
