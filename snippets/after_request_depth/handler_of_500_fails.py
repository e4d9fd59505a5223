"""Fail in the error handler for 500: no response and no hook.

.. testcode::

   try:
       app.test_client().get("/sales")
   except KeyError as error:
       print("The server gets", repr(error))

.. testoutput::

   Teardown gets ValueError('no sales')
   The server gets KeyError('phone')
"""

from flask import Flask

app = Flask(__name__)
contacts = {}


@app.after_request
def forbid_caching(response):
    response.headers["Cache-Control"] = "no-store"
    return response


@app.errorhandler(500)
def show_error(error):
    return f"Call us: {contacts['phone']}", 500


@app.teardown_request
def clean_up(error):
    print("Teardown gets", repr(error))


@app.get("/sales")
def show_sales():
    raise ValueError("no sales")
