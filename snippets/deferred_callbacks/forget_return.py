"""Forget to return the response and break the next function.

.. testcode::

   try:
       app.test_client().get("/drafts/7")
   except AttributeError as error:
       print(f"AttributeError: {error}")

.. testoutput::

   AttributeError: 'NoneType' object has no attribute 'headers'
"""

from flask import Flask, after_this_request

app = Flask(__name__)
app.testing = True


@app.after_request
def add_security_headers(response):
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@app.get("/drafts/7")
def show_draft():
    @after_this_request
    def forbid_caching(response):
        response.headers["Cache-Control"] = "no-store"

    return "Draft 7"
