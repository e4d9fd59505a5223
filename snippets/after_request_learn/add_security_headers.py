"""Add a header to every response.

.. testcode::

   response = app.test_client().get("/")
   print(response.text)
   print(response.headers["X-Content-Type-Options"])

.. testoutput::

   Tea and teapots
   nosniff
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def add_security_headers(response):
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@app.get("/")
def index():
    return "Tea and teapots"
