"""Stamp a header on every response.

.. testcode::

   response = app.test_client().get("/")
   print(response.status)
   print(response.headers["X-Hello"])
   print(response.text)

.. testoutput::

   200 OK
   World
   Hello!
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def add_header(response):
    response.headers["X-Hello"] = "World"
    return response


@app.get("/")
def index():
    return "Hello!"
