"""Register a hook after the first request.

.. testcode::

   app = create_app()
   app.test_client().get("/")
   try:
       app.before_request(load_user)
   except AssertionError as error:
       print(error)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   The setup method 'before_request' can no longer be called on the
   application. It has already handled its first request, any changes
   will not be applied consistently.
   Make sure all imports, decorators, functions, etc. needed to set up
   the application are done before running it.
"""

from flask import Flask


def load_user():
    pass


def create_app():
    app = Flask(__name__)
    app.before_request(load_user)  # here is the right place
    return app
