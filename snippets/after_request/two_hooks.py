"""Run two hooks in the reverse order of their registration.

.. testcode::

   response = app.test_client().get("/")
   print(response.headers.getlist("X-Handled-By"))
   print(response.text)

.. testoutput::

   ['registered_last', 'registered_first']
   Tea and teapots
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def registered_first(response):
    response.headers.add("X-Handled-By", "registered_first")
    return response


@app.after_request
def registered_last(response):
    response.headers.add("X-Handled-By", "registered_last")
    return response


@app.get("/")
def index():
    return "Tea and teapots"
