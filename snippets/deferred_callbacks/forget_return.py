"""Forget to return the response and break the next callback.

.. testcode::

   try:
       app.test_client().get("/diary")
   except AttributeError as error:
       print(f"AttributeError: {error}")

.. testoutput::

   AttributeError: 'NoneType' object has no attribute 'headers'
"""

from flask import Flask, after_this_request

app = Flask(__name__)
app.testing = True


@app.after_request
def forbid_sniffing(response):
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@app.get("/diary")
def read_diary():
    @after_this_request
    def keep_private(response):
        response.cache_control.private = True

    return "Monday: slept late"
