"""Send a file, and generate a stream.

.. testcode::

   client = app.test_client()
   with client.get("/report") as response:
       print(response.text)
   with client.get("/lines") as response:
       print(response.text)

.. testoutput::

   tea,3
   tea coffee
"""

import io

from flask import Flask, g, send_file

app = Flask(__name__)


@app.before_request
def load_user():
    g.user = "anna"


@app.after_request
def forbid_caching(response):
    response.headers["Cache-Control"] = "no-store"
    return response


@app.teardown_request
def release_lock(exception):
    pass


@app.get("/report")
def send_report():
    report = io.BytesIO(b"tea,3")
    return send_file(report, mimetype="text/csv")


@app.get("/lines")
def list_lines():
    def lines():
        yield "tea "
        yield "coffee"

    return lines()
