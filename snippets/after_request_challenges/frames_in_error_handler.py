"""Forbid frames on the page of one error.

.. testcode::

   client = app.test_client()
   for path in "/account", "/nowhere", "/statement":
       response = client.get(path)
       header = response.headers.get("X-Frame-Options")
       print(response.status_code, header)

.. testoutput::

   200 DENY
   404 DENY
   500 None
"""

from flask import Flask

PAYMENTS = []

app = Flask(__name__)


@app.errorhandler(404)
def not_found(error):
    return "Not found", 404, {"X-Frame-Options": "DENY"}


@app.get("/account")
def account():
    return "Balance: 120", {"X-Frame-Options": "DENY"}


@app.get("/statement")
def statement():
    latest = PAYMENTS[-1]
    return f"Latest: {latest}", {"X-Frame-Options": "DENY"}
