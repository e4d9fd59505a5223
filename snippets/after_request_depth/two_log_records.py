"""Read the log of a hook that fails in both passes.

.. testcode::

   response = app.test_client().get("/depth")
   print(response.status)
   for level, message, error in records:
       print(level, message)
       print("because", error)

.. testoutput::

   500 INTERNAL SERVER ERROR
   ERROR Exception on /depth [GET]
   because the chart is missing
   ERROR Request finalizing failed with an error while handling an error
   because the chart is missing
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
def add_chart(response):
    raise LookupError("the chart is missing")


@app.get("/depth")
def show_depth():
    return "12 fathoms"
