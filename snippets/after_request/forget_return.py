"""Forget to return the response.

.. testcode::

   try:
       app.test_client().get("/account")
   except TypeError as error:
       print(f"TypeError: {error}")

.. testoutput::

   TypeError: 'NoneType' object is not callable
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def add_security_headers(response):
    response.headers["X-Content-Type-Options"] = "nosniff"


@app.get("/account")
def show_account():
    return "3 orders"
