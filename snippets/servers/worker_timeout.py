"""End a request the way gunicorn ends one that takes too long.

.. testcode::

   import contextlib

   with contextlib.suppress(SystemExit):
       app.test_client().get("/report")

.. testoutput::

   close_report: SystemExit(1)
"""

from flask import Flask

app = Flask(__name__)


@app.get("/report")
def show_report():
    raise SystemExit(1)  # gunicorn raises it wherever the view is


@app.errorhandler(Exception)
def report_error(error):
    print("report_error")
    return "Our fault", 500


@app.after_request
def log_response(response):
    print("log_response")
    return response


@app.teardown_request
def close_report(error):
    print(f"close_report: {error!r}")
