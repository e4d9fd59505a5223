"""Add a hook to a blueprint that is already registered.

Flask 2.2 warns, and the hook never runs. Since 2.3 it is an error. Add
the hook before the registration.

.. testcode::

   import warnings

   app, shop = create_app()
   with warnings.catch_warnings():
       warnings.simplefilter("error")
       try:
           shop.before_request(close_shop)
       except (UserWarning, AssertionError) as error:
           print(f"{type(error).__name__}: {error}")
   print(app.test_client().get("/").text)

Before Flask 2.3:

.. testoutput::
   :skipif: FLASK >= (2, 3)
   :options: +NORMALIZE_WHITESPACE

   UserWarning: The setup method 'before_request' can no longer be
   called on the blueprint 'shop'. It has already been registered at
   least once, any changes will not be applied consistently.
   Make sure all imports, decorators, functions, etc. needed to set up
   the blueprint are done before registering it.
   This warning will become an exception in Flask 2.3.
   visit of /
   Welcome

Since Flask 2.3:

.. testoutput::
   :skipif: FLASK < (2, 3)
   :options: +NORMALIZE_WHITESPACE

   AssertionError: The setup method 'before_request' can no longer be
   called on the blueprint 'shop'. It has already been registered at
   least once, any changes will not be applied consistently.
   Make sure all imports, decorators, functions, etc. needed to set up
   the blueprint are done before registering it.
   visit of /
   Welcome
"""

from importlib.metadata import version

from flask import Blueprint, Flask, request

FLASK = tuple(map(int, version("flask").split(".")[:2]))


def create_app():
    shop = Blueprint("shop", __name__)
    shop.before_request(note_visit)
    shop.add_url_rule("/", "welcome", welcome)
    app = Flask(__name__)
    app.register_blueprint(shop)
    return app, shop


def note_visit():
    print("visit of", request.path)


def close_shop():
    return "Closed"


def welcome():
    return "Welcome"
