"""Pass methods to a decorator that is for one method.

.. testcode::

   try:
       app.get("/", methods=["GET", "POST"])
   except TypeError as error:
       print(error)
   app.route("/", methods=["GET", "POST"])(index)
   print(app.test_client().post("/").text)

.. testoutput::

   Use the 'route' decorator to use the 'methods' argument.
   Hello
"""

from flask import Flask

app = Flask(__name__)


def index():
    return "Hello"
