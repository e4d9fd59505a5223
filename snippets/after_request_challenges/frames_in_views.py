"""Forbid frames in each view.

.. testcode::

   client = app.test_client()
   for path in "/account", "/nowhere", "/statement":
       response = client.get(path)
       header = response.headers.get("X-Frame-Options")
       print(response.status_code, header)

.. testoutput::

   200 DENY
   404 None
   500 None
"""

from flask import Flask

PAYMENTS = []

app = Flask(__name__)


@app.get("/account")
def account():
    return "Balance: 120", {"X-Frame-Options": "DENY"}


@app.get("/statement")
def statement():
    latest = PAYMENTS[-1]
    return f"Latest: {latest}", {"X-Frame-Options": "DENY"}
