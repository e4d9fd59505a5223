"""Forbid frames before there is a page.

.. testcode::

   client = app.test_client()
   for path in "/account", "/nowhere", "/statement":
       response = client.get(path)
       header = response.headers.get("X-Frame-Options")
       print(response.status_code, header)

.. testoutput::

   200 DENY
   200 DENY
   200 DENY
"""

from flask import Flask, make_response

PAYMENTS = []

app = Flask(__name__)


@app.before_request
def forbid_frames():
    response = make_response()
    response.headers["X-Frame-Options"] = "DENY"
    return response


@app.get("/account")
def account():
    return "Balance: 120"


@app.get("/statement")
def statement():
    latest = PAYMENTS[-1]
    return f"Latest: {latest}"
