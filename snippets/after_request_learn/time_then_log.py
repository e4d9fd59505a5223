"""Stop the timer first, then log the time.

.. testcode::

   ticks = iter([8.0, 8.125])
   app.config["CLOCK"] = lambda: next(ticks)
   app.test_client().get("/")

.. testoutput::

   index 200 125 ms
"""

from time import perf_counter

from flask import Flask, g, request

app = Flask(__name__)
app.config["CLOCK"] = perf_counter


@app.before_request
def start_timer():
    g.started = app.config["CLOCK"]()


@app.after_request
def log_request(response):
    print(request.endpoint, response.status_code, f"{g.ms:.0f} ms")
    return response


@app.after_request
def stop_timer(response):
    now = app.config["CLOCK"]()
    g.ms = (now - g.get("started", now)) * 1000
    return response


@app.get("/")
def index():
    return "Tea and teapots"
