"""Register an error handler that takes no argument.

.. testcode::

   client = app.test_client()
   try:
       client.get("/nothing")
   except TypeError as error:
       print(f"TypeError: {error}")

   app.error_handler_spec[None][404][NotFound] = not_found_fixed
   print(client.get("/nothing").text)

.. testoutput::

   TypeError: not_found() takes 0 positional arguments but 1 was given
   There is no /nothing.
"""

from flask import Flask, request
from markupsafe import escape
from werkzeug.exceptions import NotFound

app = Flask(__name__)
app.testing = True


@app.errorhandler(NotFound)
def not_found():
    return "There is no such page.", 404


def not_found_fixed(error):
    return f"There is no {escape(request.path)}.", error.code
