"""Report slow requests, including the time of a streamed body.

.. testcode::

   client = app.test_client()
   for seconds in 60, 0:
       app.config["SLOW_SECONDS"] = seconds
       client.get("/export", buffered=True)
       print(f"with {seconds} seconds")

.. testoutput::

   with 60 seconds
   slow: 'GET' '/export'
   with 0 seconds
"""

import time

from flask import Flask, g, request

app = Flask(__name__)
app.config["SLOW_SECONDS"] = 0.5


@app.before_request
def start_clock():
    g.started = time.perf_counter()


@app.after_request
def report_if_slow(response):
    started = g.get("started", time.perf_counter())
    line = f"slow: {request.method!r} {request.path!r}"

    @response.call_on_close
    def report():
        took = time.perf_counter() - started
        if took > app.config["SLOW_SECONDS"]:
            print(line)  # in your app: app.logger.warning

    return response


@app.get("/export")
def export_orders():
    def rows():
        yield "1,Tea\n"
        yield "2,Coffee\n"

    return rows()
