"""Count the requests that start and finish.

.. testcode::

   app.test_client().get("/")
   print(counts)

.. testoutput::

   Counter({'started': 1, 200: 1})
"""

from collections import Counter

from flask import Flask, request_finished, request_started

app = Flask(__name__)
counts = Counter()


def count_start(sender, **extra):
    counts["started"] += 1


def count_status(sender, response, **extra):
    counts[response.status_code] += 1


request_started.connect(count_start, app)
request_finished.connect(count_status, app)


@app.get("/")
def index():
    return "Shop"
