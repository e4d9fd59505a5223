"""Import the context stacks.

Flask 2.2 deprecates _request_ctx_stack and _app_ctx_stack, 2.3 takes
push and pop from them, and 3.0 has removed them. An extension keeps
what belongs to one context on g.

.. testcode::

   import warnings

   for name in "_request_ctx_stack", "_app_ctx_stack":
       with warnings.catch_warnings():
           warnings.simplefilter("error")
           try:
               exec(f"from flask import {name}")
           except (DeprecationWarning, ImportError) as error:
               message, _, _ = str(error).partition(" (")
               print(f"{type(error).__name__}: {message}")

   print(app.test_client().get("/").text)

Before Flask 2.3:

.. testoutput::
   :skipif: FLASK >= (2, 3)
   :options: +NORMALIZE_WHITESPACE

   DeprecationWarning: '_request_ctx_stack' is deprecated and will be
   removed in Flask 2.3.
   DeprecationWarning: '_app_ctx_stack' is deprecated and will be
   removed in Flask 2.3.
   one connection

Flask 2.3:

.. testoutput::
   :skipif: FLASK < (2, 3) or FLASK >= (3, 0)
   :options: +NORMALIZE_WHITESPACE

   DeprecationWarning: '_request_ctx_stack' is deprecated and will be
   removed in Flask 2.4.
   DeprecationWarning: '_app_ctx_stack' is deprecated and will be
   removed in Flask 2.4.
   one connection

Since Flask 3.0:

.. testoutput::
   :skipif: FLASK < (3, 0)

   ImportError: cannot import name '_request_ctx_stack' from 'flask'
   ImportError: cannot import name '_app_ctx_stack' from 'flask'
   one connection
"""

from importlib.metadata import version

from flask import Flask, g

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)


def get_connection():
    if "_mydb_connection" not in g:
        g._mydb_connection = object()
    return g._mydb_connection


@app.get("/")
def page():
    same = get_connection() is get_connection()
    return "one connection" if same else "two connections"
