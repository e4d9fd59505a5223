"""Defer from a receiver of got_request_exception.

.. testcode::

   import logging

   REPORTS.clear()
   logging.disable()
   response = app.test_client().get("/average")
   logging.disable(logging.NOTSET)
   print(response.status)
   print(response.headers["X-Report"], REPORTS)

.. testoutput::

   500 INTERNAL SERVER ERROR
   1 ['ZeroDivisionError in show_average']
"""

from flask import (
    Flask,
    after_this_request,
    got_request_exception,
    request,
)

REPORTS = []

app = Flask(__name__)


@got_request_exception.connect_via(app)
def file_report(sender, exception, **extra):
    error = type(exception).__name__
    REPORTS.append(f"{error} in {request.endpoint}")
    number = len(REPORTS)

    @after_this_request
    def add_report_number(response):
        response.headers["X-Report"] = str(number)
        return response


@app.get("/average")
def show_average():
    total, orders = 120, 0
    return f"{total / orders} EUR an order"
