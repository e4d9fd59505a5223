"""Count requests by route and status, and those in progress.

.. testcode::

   requests_total.clear()
   client = app.test_client()
   for path in "/orders/7", "/orders/8", "/orders/0", "/nothing":
       client.get(path)
   for labels, count in sorted(requests_total.items()):
       print(*labels, count)
   print("in progress:", in_progress["requests"])

.. testoutput::

   GET /orders/<int:number> 200 2
   GET /orders/<int:number> 500 1
   none none 404 1
   in progress: 0
"""

from collections import Counter

from flask import Flask, g, request

app = Flask(__name__)
# In your app: a Counter and a Gauge of prometheus_client.
requests_total = Counter()
in_progress = Counter()


@app.before_request
def count_start():
    g.is_counted = True
    in_progress["requests"] += 1


@app.after_request
def count_response(response):
    rule = request.url_rule
    labels = (request.method, rule.rule) if rule else ("none", "none")
    requests_total[(*labels, str(response.status_code))] += 1
    return response


@app.teardown_request
def count_end(error):
    if g.pop("is_counted", False):
        in_progress["requests"] -= 1


@app.get("/orders/<int:number>")
def show_order(number):
    return f"Order of {12 / number:.0f} teas"
