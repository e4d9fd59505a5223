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
def forbid_framing(response):
    response.headers["X-Frame-Options"] = "DENY"


@app.get("/account")
def account():
    return "Your balance: 120"
