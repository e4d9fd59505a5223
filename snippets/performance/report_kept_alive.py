"""Keep a large object alive through a closure, and not.

.. testcode::

   client = app.test_client()
   for url in "/kept", "/released":
       response = client.get(url)
       print(response.text, response.headers["X-Rows"])

.. testoutput::

   the hook finds the report 3
   the hook finds nothing 3
"""

import weakref

from flask import Flask, after_this_request, g

app = Flask(__name__)


class Report:
    def __init__(self):
        self.rows = ["herring", "cod", "ling"]


@app.after_request
def look(response):
    found = g.report() is not None
    text = "the report" if found else "nothing"
    response.set_data(f"the hook finds {text}")
    return response


@app.get("/kept")
def kept():
    report = Report()
    g.report = weakref.ref(report)

    @after_this_request
    def count(response):
        response.headers["X-Rows"] = str(len(report.rows))
        return response

    return "Counted"


@app.get("/released")
def released():
    report = Report()
    g.report = weakref.ref(report)
    rows = len(report.rows)

    @after_this_request
    def count(response):
        response.headers["X-Rows"] = str(rows)
        return response

    return "Counted"
