"""Forbid frames in an after_request hook.

.. testcode::

   client = app.test_client()
   for path in "/account", "/nowhere", "/statement":
       response = client.get(path)
       header = response.headers.get("X-Frame-Options")
       print(response.status_code, header)

.. testoutput::

   200 DENY
   404 DENY
   500 DENY
"""

from flask import Flask

PAYMENTS = []

app = Flask(__name__)


@app.after_request
def forbid_frames(response):
    response.headers["X-Frame-Options"] = "DENY"
    return response


@app.get("/account")
def account():
    return "Balance: 120"


@app.get("/statement")
def statement():
    latest = PAYMENTS[-1]
    return f"Latest: {latest}"
