"""Wrap an async view in a plain decorator.

.. testcode::

   import gc
   import warnings

   client = app.test_client()
   with warnings.catch_warnings():
       # Python's: "coroutine 'index' was never awaited"
       warnings.simplefilter("ignore", RuntimeWarning)
       try:
           client.get("/")
       except TypeError as error:
           print(f"TypeError: {error}")
       gc.collect()
   print(client.get("/fixed").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   TypeError: The view function did not return a valid response. The
   return type must be a string, dict, list, tuple with headers or
   status, Response instance, or WSGI callable, but it was a coroutine.
   Hello
"""

from functools import wraps

from flask import Flask, current_app

app = Flask(__name__)
app.testing = True


def logged(view):
    @wraps(view)
    def wrapper(**values):
        current_app.logger.debug("%s is called", view.__name__)
        return view(**values)

    return wrapper


def logged_fixed(view):
    @wraps(view)
    def wrapper(**values):
        current_app.logger.debug("%s is called", view.__name__)
        return current_app.ensure_sync(view)(**values)

    return wrapper


@app.get("/")
@logged
async def index():
    return "Hello"


@app.get("/fixed")
@logged_fixed
async def fixed():
    return "Hello"
