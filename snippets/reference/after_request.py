"""Add a security header to each response that has none.

.. testcode::

   client = app.test_client()
   print(client.get("/").headers["X-Content-Type-Options"])
   print(client.get("/nowhere").headers["X-Content-Type-Options"])

.. testoutput::

   nosniff
   nosniff
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def add_security_headers(response):
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    return response


@app.get("/")
def index():
    return "Shop"
