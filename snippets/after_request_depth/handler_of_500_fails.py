"""Fail in the handler of 500: no response, no hook, but teardown.

.. testcode::

   try:
       app.test_client().get("/oven")
   except KeyError as error:
       print("The server gets", repr(error))

.. testoutput::

   Teardown gets ValueError('too hot')
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
def apologize(error):
    return f"Call us: {contacts['phone']}", 500


@app.teardown_request
def switch_off(error):
    print("Teardown gets", repr(error))


@app.get("/oven")
def read_oven():
    raise ValueError("too hot")
