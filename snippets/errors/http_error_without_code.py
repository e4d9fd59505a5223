"""Raise an HTTP error that has no code.

.. testcode::

   client = app.test_client()
   response = client.get("/orders")
   print(response.status)
   print(response.text.splitlines()[2])
   print(client.get("/orders-fixed").status_code)

.. testoutput::

   200 OK
   <title>None Unknown Error</title>
   401
"""

from flask import Flask
from werkzeug.exceptions import HTTPException, Unauthorized

app = Flask(__name__)


class LoginNeeded(HTTPException):
    description = "Log in first"


class LoginNeededFixed(Unauthorized):
    description = "Log in first"


@app.get("/orders")
def list_orders():
    raise LoginNeeded


@app.get("/orders-fixed")
def list_orders_fixed():
    raise LoginNeededFixed
