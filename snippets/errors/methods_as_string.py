"""Write the methods of a route as a string.

.. testcode::

   for methods in "GET", ["GET"]:
       try:
           app.route("/", methods=methods)(index)
       except TypeError as error:
           print(error)
   print(app.test_client().get("/").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   Allowed methods must be a list of strings, for example:
   @app.route(..., methods=["POST"])
   Hello
"""

from flask import Flask

app = Flask(__name__)


def index():
    return "Hello"
