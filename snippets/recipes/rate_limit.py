"""Let each address send a number of requests a minute.

.. testcode::

   client = app.test_client()
   for number in range(4):
       response = client.get("/nothing" if number else "/")
       print(response.status_code, response.retry_after is not None)
   other = {"REMOTE_ADDR": "203.0.113.7"}
   print(client.get("/", environ_overrides=other).status_code)
   print(client.options("/").status_code)

.. testoutput::

   200 False
   404 False
   404 False
   429 True
   200
   200
"""

import time
from math import ceil
from threading import Lock

from flask import Flask, abort, request

app = Flask(__name__)


class RateLimit:
    def __init__(self, requests, seconds):
        self.requests, self.seconds = requests, seconds
        self.ends, self.counts, self.lock = 0, {}, Lock()

    def count(self, key):
        """Return 0, or the seconds to wait."""
        now = time.monotonic()
        with self.lock:
            if now >= self.ends:  # forget all old entries
                self.ends, self.counts = now + self.seconds, {}
            self.counts[key] = self.counts.get(key, 0) + 1
            if self.counts[key] <= self.requests:
                return 0
            return ceil(self.ends - now)


limit = RateLimit(requests=3, seconds=60)


@app.before_request
def limit_requests():
    if request.method == "OPTIONS" or request.endpoint == "static":
        return
    wait = limit.count(request.remote_addr)
    if wait:
        abort(429, retry_after=wait)


@app.get("/")
def index():
    return "Shop"
