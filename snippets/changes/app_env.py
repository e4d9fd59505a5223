"""Do something in development only.

Flask 2.2 deprecates app.env, and 2.3 has removed it, with ENV and the
variable FLASK_ENV. There is only debug mode.

.. testcode::

   import warnings

   with warnings.catch_warnings():
       warnings.simplefilter("error")
       try:
           print(app.env)
       except (DeprecationWarning, AttributeError) as error:
           print(f"{type(error).__name__}: {error}")

   for app.debug in False, True:
       print(app.test_client().get("/").headers.get("X-Mode"))

Before Flask 2.3:

.. testoutput::
   :skipif: FLASK >= (2, 3)
   :options: +NORMALIZE_WHITESPACE

   DeprecationWarning: 'app.env' is deprecated and will be removed in
   Flask 2.3. Use 'app.debug' instead.
   None
   debug

Since Flask 2.3:

.. testoutput::
   :skipif: FLASK < (2, 3)

   AttributeError: 'Flask' object has no attribute 'env'
   None
   debug
"""

from importlib.metadata import version

from flask import Flask

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)


@app.after_request
def mark_debug_mode(response):
    if app.debug:
        response.headers["X-Mode"] = "debug"
    return response


@app.get("/")
def page():
    return "ok"
