"""Load something before the first request.

Flask 2.2 deprecates before_first_request, and 2.3 has removed it. Code
that runs while the app is made needs no hook.

.. testcode::

   import warnings

   with warnings.catch_warnings():
       warnings.simplefilter("error")
       try:
           app.before_first_request(load_prices)
       except (DeprecationWarning, AttributeError) as error:
           print(f"{type(error).__name__}: {error}")
   print(app.test_client().get("/").text)

Before Flask 2.3:

.. testoutput::
   :skipif: FLASK >= (2, 3)
   :options: +NORMALIZE_WHITESPACE

   DeprecationWarning: 'before_first_request' is deprecated and will be
   removed in Flask 2.3. Run setup code while creating the application
   instead.
   Apples 1.20

Since Flask 2.3:

.. testoutput::
   :skipif: FLASK < (2, 3)
   :options: +NORMALIZE_WHITESPACE

   AttributeError: 'Flask' object has no attribute
   'before_first_request'
   Apples 1.20
"""

from importlib.metadata import version

from flask import Flask, current_app

FLASK = tuple(map(int, version("flask").split(".")[:2]))


def load_prices():
    current_app.extensions["prices"] = {"Apples": "1.20"}


def create_app():
    app = Flask(__name__)
    with app.app_context():
        load_prices()

    @app.get("/")
    def page():
        return f"Apples {app.extensions['prices']['Apples']}"

    return app


app = create_app()
