"""Return in a header what the client has sent.

.. testcode::

   client = app.test_client()
   for trace in "a1", "a1%0d%0aSet-Cookie: admin=yes":
       response = client.get(f"/bus?trace={trace}")
       print(response.status_code, response.headers.get("X-Trace"))

.. testoutput::

   200 a1
   500 None
"""

from flask import Flask, request

app = Flask(__name__)


@app.after_request
def hand_back(response):
    response.headers["X-Trace"] = request.args["trace"]
    return response


@app.get("/bus")
def bus():
    return "Line 12: 4 minutes"
