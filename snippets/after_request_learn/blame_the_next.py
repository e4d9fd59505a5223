"""Forget a return, and see another function in the traceback.

.. testcode::

   import traceback

   try:
       app.test_client().get("/")
   except AttributeError as error:
       print(f"AttributeError: {error}")
       print("in", traceback.extract_tb(error.__traceback__)[-1].name)

.. testoutput::

   AttributeError: 'NoneType' object has no attribute 'headers'
   in add_security_headers
"""

from flask import Flask

app = Flask(__name__)
app.testing = True


@app.after_request
def add_security_headers(response):
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@app.after_request
def forbid_caching(response):
    response.headers.setdefault("Cache-Control", "no-store")


@app.get("/")
def index():
    return "Tea and teapots"
