"""Import the request context's old names.

Flask 3.2 has one context. RequestContext and request_ctx are other
names for it, and importing them warns. The request and session proxies
serve on every version.

.. testcode::

   import warnings

   from flask import has_request_context, request

   for module, name in NAMES:
       with warnings.catch_warnings():
           warnings.simplefilter("error")
           try:
               exec(f"from {module} import {name}")
           except DeprecationWarning as error:
               print(f"DeprecationWarning: {error}")
           else:
               print("imported", name)

   with app.test_request_context("/menu"):
       print(has_request_context(), request.path)

Before Flask 3.2:

.. testoutput::
   :skipif: FLASK >= (3, 2)

   imported RequestContext
   imported request_ctx
   True /menu

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)
   :options: +NORMALIZE_WHITESPACE

   DeprecationWarning: 'RequestContext' has merged with 'AppContext',
   and will be removed in Flask 4.0. Use 'AppContext' instead.
   DeprecationWarning: 'request_ctx' has merged with 'app_ctx', and will
   be removed in Flask 4.0. Use 'app_ctx' instead.
   True /menu
"""

from importlib.metadata import version

from flask import Flask

FLASK = tuple(map(int, version("flask").split(".")[:2]))
NAMES = [
    ("flask.ctx", "RequestContext"),
    ("flask.globals", "request_ctx"),
]

app = Flask(__name__)
