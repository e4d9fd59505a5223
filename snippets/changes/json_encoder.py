"""Teach jsonify a type, for an error handler's response.

Flask 2.2 deprecates app.json_encoder. Since 2.3 assigning it has no
effect and no warning. The provider app.json works on every version.

.. testcode::

   import warnings

   with warnings.catch_warnings():
       warnings.simplefilter("ignore")
       for app in create_old_app(), create_new_app():
           app.testing = True  # lets the TypeError out
           try:
               print(app.test_client().get("/").json)
           except TypeError as error:
               print(f"TypeError: {error}")
       try:
           from flask.json import JSONEncoder

           print(JSONEncoder.__name__)
       except ImportError as error:
           print(f"ImportError: {str(error).partition(' (')[0]}")

Before Flask 2.3:

.. testoutput::
   :skipif: FLASK >= (2, 3)

   {'price': '9.50'}
   {'price': '9.50'}
   JSONEncoder

Since Flask 2.3:

.. testoutput::
   :skipif: FLASK < (2, 3)

   TypeError: Object of type Price is not JSON serializable
   {'price': '9.50'}
   ImportError: cannot import name 'JSONEncoder' from 'flask.json'
"""

import json
from importlib.metadata import version

from flask import Flask, jsonify

FLASK = tuple(map(int, version("flask").split(".")[:2]))


class Price:
    def __str__(self):
        return "9.50"


class PriceEncoder(json.JSONEncoder):
    def default(self, value):
        return str(value)


def create_old_app():
    app = create_app()
    app.json_encoder = PriceEncoder
    return app


def create_new_app():
    app = create_app()
    app.json.default = str
    return app


def create_app():
    app = Flask(__name__)
    app.register_error_handler(404, show_price)
    return app


def show_price(error):
    return jsonify(price=Price())
