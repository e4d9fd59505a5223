"""Quote what the client has sent.

.. testcode::

   client = app.test_client()
   for trace in "a1", "a1%0d%0aSet-Cookie: admin=yes":
       response = client.get(f"/bus?trace={trace}")
       print(response.status_code, response.headers.get("X-Trace"))

.. testoutput::

   200 a1
   200 a1%0D%0ASet-Cookie%3A%20admin%3Dyes
"""

from urllib.parse import quote

from flask import Flask, request

app = Flask(__name__)


@app.after_request
def hand_back(response):
    response.headers["X-Trace"] = quote(request.args["trace"])
    return response


@app.get("/bus")
def bus():
    return "Line 12: 4 minutes"
