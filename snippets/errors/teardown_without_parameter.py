"""Register a teardown function that takes no argument.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except Exception as error:
       print(f"{type(error).__name__}: {error}")

   app.teardown_appcontext_funcs[:] = [close_with_exception]
   print(client.get("/").text)

Before Flask 3.2, and on Python 3.10:

.. testoutput::
   :skipif: GROUPS
   :options: +NORMALIZE_WHITESPACE

   TypeError: close_database() takes 0 positional arguments but 1 was
   given
   closed
   Hello

Since Flask 3.2, on Python 3.11 and newer, it is in a group:

.. testoutput::
   :skipif: not GROUPS

   ExceptionGroup: Errors during context teardown (1 sub-exception)
   closed
   Hello
"""

import sys
from importlib.metadata import version

from flask import Flask

FLASK = tuple(map(int, version("flask").split(".")[:2]))
GROUPS = FLASK >= (3, 2) and sys.version_info >= (3, 11)

app = Flask(__name__)
app.testing = True


@app.teardown_appcontext
def close_database():
    print("closed")


def close_with_exception(exception):
    print("closed")


@app.get("/")
def index():
    return "Hello"
