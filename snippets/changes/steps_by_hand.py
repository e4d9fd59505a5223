"""Run the before_request functions by hand, in a test.

Since Flask 3.2 the methods that handle a request take the context as
their first argument. Entering the context returns it, on every version.

.. testcode::

   with app.test_request_context("/") as context:
       try:
           app.preprocess_request()
       except TypeError as error:
           print(f"TypeError: {error}")
       else:
           print("without the context:", g.user)

   with app.test_request_context("/") as context:
       preprocess(app, context)
       print("with it, if needed:", g.user)

Before Flask 3.2:

.. testoutput::
   :skipif: FLASK >= (3, 2)

   without the context: anna
   with it, if needed: anna

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)
   :options: +NORMALIZE_WHITESPACE

   TypeError: Flask.preprocess_request() missing 1 required positional
   argument: 'ctx'
   with it, if needed: anna
"""

from importlib.metadata import version
from inspect import signature

from flask import Flask, g

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)


@app.before_request
def log_in():
    g.user = "anna"


def preprocess(app, context):
    method = app.preprocess_request
    takes_context = "ctx" in signature(method).parameters
    return method(context) if takes_context else method()
