"""Measure a request between two hooks, and send the time along.

.. testcode::

   response = app.test_client().get("/")
   name, milliseconds = response.headers["Server-Timing"].split("=")
   print(name, float(milliseconds) > 0)

.. testoutput::

   bakery;dur True
"""

from time import perf_counter

from flask import Flask, g

app = Flask(__name__)


@app.before_request
def start_clock():
    g.started = perf_counter()


@app.get("/")
def show_breads():
    return "Rye, spelt, seeded rolls"


@app.after_request
def send_time(response):
    milliseconds = (perf_counter() - g.started) * 1000
    response.headers["Server-Timing"] = f"bakery;dur={milliseconds:.3f}"
    return response
