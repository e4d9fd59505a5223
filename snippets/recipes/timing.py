"""Measure each request and send the time in a header.

.. testcode::

   import re

   client = app.test_client()
   for path in "/", "/nothing":
       timing = client.get(path).headers["Server-Timing"]
       print(path, re.sub(r"[0-9.]+$", "...", timing))

.. testoutput::

   / app;dur=...
   /nothing app;dur=...
"""

import time

from flask import Flask, g

app = Flask(__name__)


@app.before_request
def start_clock():
    g.started = time.perf_counter()


@app.after_request
def add_server_timing(response):
    now = time.perf_counter()
    milliseconds = (now - g.get("started", now)) * 1000
    response.headers["Server-Timing"] = f"app;dur={milliseconds:.3f}"
    return response


@app.get("/")
def index():
    return "Shop"
