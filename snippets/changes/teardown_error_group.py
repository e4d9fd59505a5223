"""Find the error of a teardown function in what the server gets.

Up to Flask 3.1 it is the error itself, and only the first. Since 3.2,
on Python 3.11 and newer, groups hold the errors of each round; Python
3.10 has no groups, and gets the first error.

.. testcode::

   try:
       app.test_client().get("/")
   except Exception as error:
       print(f"{type(error).__name__}: {error}")
       for single in flatten(error):
           print(f"- {type(single).__name__}: {single}")

Before Flask 3.2, and on Python 3.10:

.. testoutput::
   :skipif: GROUPS

   OSError: disk full
   - OSError: disk full

Since Flask 3.2, on Python 3.11 and newer:

.. testoutput::
   :skipif: not GROUPS

   ExceptionGroup: Errors during context teardown (1 sub-exception)
   - OSError: disk full
   - KeyError: 'lock'
"""

import sys
from importlib.metadata import version

from flask import Flask

FLASK = tuple(map(int, version("flask").split(".")[:2]))
GROUPS = FLASK >= (3, 2) and sys.version_info >= (3, 11)

app = Flask(__name__)


def flatten(error):
    if not hasattr(error, "exceptions"):
        return [error]
    return [single for e in error.exceptions for single in flatten(e)]


@app.teardown_request
def free_lock(exception):
    raise KeyError("lock")


@app.teardown_request
def close_file(exception):
    raise OSError("disk full")


@app.get("/")
def page():
    return "ok"
