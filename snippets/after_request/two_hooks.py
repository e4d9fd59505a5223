"""Run two hooks in the reverse order of their registration.

.. testcode::

   response = app.test_client().get("/letter")
   print(response.headers.getlist("X-Handled-By"))
   print(response.text)

.. testoutput::

   ['seal_envelope', 'stamp_envelope']
   Dear reader
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def stamp_envelope(response):
    response.headers.add("X-Handled-By", "stamp_envelope")
    return response


@app.after_request
def seal_envelope(response):
    response.headers.add("X-Handled-By", "seal_envelope")
    return response


@app.get("/letter")
def letter():
    return "Dear reader"
