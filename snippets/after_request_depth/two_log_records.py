"""Read the log of a hook that fails, and fails again on the 500.

.. testcode::

   response = app.test_client().get("/products")
   print(response.status)
   for level, message, error in records:
       print(level, message)
       print("because", error)

.. testoutput::

   500 INTERNAL SERVER ERROR
   ERROR Exception on /products [GET]
   because the count is missing
   ERROR Request finalizing failed with an error while handling an error
   because the count is missing
"""

import logging

from flask import Flask

app = Flask(__name__)
app.logger.propagate = False
records = []


class Keep(logging.Handler):
    def emit(self, record):
        error = str(record.exc_info[1])
        records.append((record.levelname, record.getMessage(), error))


app.logger.handlers = [Keep()]


@app.after_request
def add_count(response):
    raise LookupError("the count is missing")


@app.get("/products")
def list_products():
    return "Tea and teapots"
