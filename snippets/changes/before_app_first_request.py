"""Let a blueprint load something before the first request.

Flask 2.2 deprecates before_app_first_request, and 2.3 has removed it.
A function given to record_once runs when the blueprint is registered.

.. testcode::

   import warnings

   from flask import Flask

   with warnings.catch_warnings():
       warnings.simplefilter("error")
       try:
           shop.before_app_first_request(print)
       except (DeprecationWarning, AttributeError) as error:
           print(f"{type(error).__name__}: {error}")

   app = Flask(__name__)
   app.register_blueprint(shop)
   print(app.test_client().get("/").text)

Before Flask 2.3:

.. testoutput::
   :skipif: FLASK >= (2, 3)
   :options: +NORMALIZE_WHITESPACE

   DeprecationWarning: 'before_app_first_request' is deprecated and will
   be removed in Flask 2.3. Use 'record_once' instead to run setup code
   when registering the blueprint.
   Apples 1.20

Since Flask 2.3:

.. testoutput::
   :skipif: FLASK < (2, 3)
   :options: +NORMALIZE_WHITESPACE

   AttributeError: 'Blueprint' object has no attribute
   'before_app_first_request'
   Apples 1.20
"""

from importlib.metadata import version

from flask import Blueprint, current_app

FLASK = tuple(map(int, version("flask").split(".")[:2]))

shop = Blueprint("shop", __name__)


@shop.record_once
def load_prices(state):
    state.app.extensions["prices"] = {"Apples": "1.20"}


@shop.get("/")
def page():
    return f"Apples {current_app.extensions['prices']['Apples']}"
