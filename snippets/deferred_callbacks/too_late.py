"""Defer from an after_request hook and be forgotten.

.. testcode::

   response = app.test_client().get("/paintings/12")
   print(response.text)
   print(response.headers.get("X-Thanks"))

.. testoutput::

   The mill, oil on wood
   None
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.after_request
def thank_donor(response):
    if response.status_code == 200:
        after_this_request(name_donor)
    return response


def name_donor(response):
    response.headers["X-Thanks"] = "the Friends of the Museum"
    return response


@app.get("/paintings/12")
def show_painting():
    return "The mill, oil on wood"
