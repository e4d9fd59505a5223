"""Raise in a teardown function that others should follow.

Up to Flask 3.1 the first error is the last: the rest is skipped, and
only teardown_appcontext still runs. Since 3.2 all functions run.

.. testcode::

   for path in "/", "/careful":
       try:
           app.test_client().get(path)
       except Exception as error:
           print("the server gets", type(error).__name__)
       else:
           print("the server gets no error")

Before Flask 3.2:

.. testoutput::
   :skipif: ALL_RUN

   close file: fails
   close database
   the server gets OSError
   close file: failed, and was caught
   free lock
   close database
   the server gets no error

Since Flask 3.2, on Python 3.10:

.. testoutput::
   :skipif: not ALL_RUN or GROUPS

   close file: fails
   free lock
   close database
   the server gets OSError
   close file: failed, and was caught
   free lock
   close database
   the server gets no error

Since Flask 3.2, on Python 3.11 and newer:

.. testoutput::
   :skipif: not ALL_RUN or not GROUPS

   close file: fails
   free lock
   close database
   the server gets ExceptionGroup
   close file: failed, and was caught
   free lock
   close database
   the server gets no error
"""

import sys
from importlib.metadata import version

from flask import Flask, request

FLASK = tuple(map(int, version("flask").split(".")[:2]))
ALL_RUN = FLASK >= (3, 2)
GROUPS = sys.version_info >= (3, 11)

app = Flask(__name__)


@app.teardown_appcontext
def close_database(exception):
    print("close database")


@app.teardown_request
def free_lock(exception):
    print("free lock")


@app.teardown_request
def close_file(exception):
    if request.path == "/careful":
        try:
            fail()
        except OSError:
            print("close file: failed, and was caught")
    else:
        print("close file: fails")
        fail()


def fail():
    raise OSError("disk full")


@app.get("/")
@app.get("/careful")
def page():
    return "ok"
