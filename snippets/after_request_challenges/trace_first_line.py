"""Return the first line of what the client has sent.

.. testcode::

   client = app.test_client()
   for trace in "a1", "a1%0d%0aSet-Cookie: admin=yes":
       response = client.get(f"/bus?trace={trace}")
       print(response.status_code, response.headers.get("X-Trace"))

.. testoutput::

   200 a1
   200 a1
"""

from flask import Flask, request

app = Flask(__name__)


@app.after_request
def hand_back(response):
    first, *_ = request.args["trace"].splitlines()
    response.headers["X-Trace"] = first
    return response


@app.get("/bus")
def bus():
    return "Line 12: 4 minutes"
