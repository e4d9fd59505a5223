"""Defer from a receiver of got_request_exception.

.. testcode::

   import logging

   logging.disable()
   response = app.test_client().get("/mill/grind")
   logging.disable(logging.NOTSET)
   print(response.status)
   print(response.headers["X-Report"])

.. testoutput::

   500 INTERNAL SERVER ERROR
   ZeroDivisionError in grind
"""

from flask import (
    Flask,
    after_this_request,
    got_request_exception,
    request,
)

app = Flask(__name__)


@got_request_exception.connect_via(app)
def file_report(sender, exception, **extra):
    report = f"{type(exception).__name__} in {request.endpoint}"

    @after_this_request
    def add_report(response):
        response.headers["X-Report"] = report
        return response


@app.get("/mill/grind")
def grind():
    sacks, hours = 12, 0
    return f"{sacks / hours} sacks an hour"
