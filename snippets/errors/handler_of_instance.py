"""Register error handlers for things that aren't exception classes.

.. testcode::

   from werkzeug.exceptions import NotFound

   for what in NotFound(), dict, 999, 404:
       try:
           app.register_error_handler(what, show_error)
       except (TypeError, ValueError) as error:
           print(f"{type(error).__name__}: {error}")
   print(app.test_client().get("/nothing").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   TypeError: <NotFound '404: Not Found'> is an instance, not a class.
   Handlers can only be registered for Exception classes or HTTP error
   codes.
   ValueError: 'dict' is not a subclass of Exception. Handlers can only
   be registered for Exception classes or HTTP error codes.
   ValueError: '999' is not a recognized HTTP error code. Use a subclass
   of HTTPException with that code instead.
   Not here
"""

from flask import Flask

app = Flask(__name__)


def show_error(error):
    return "Not here", 404
