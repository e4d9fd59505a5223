"""Use g and request outside their contexts.

The first line has been the same all along. The advice below it was
rewritten in Flask 3.2.

.. testcode::

   for use in read_user, read_path:
       try:
           use()
       except RuntimeError as error:
           title, _, advice = str(error).partition("\\n\\n")
           print(title)
           print(">", " ".join(advice.split()))

Before Flask 3.2:

.. testoutput::
   :skipif: FLASK >= (3, 2)
   :options: +NORMALIZE_WHITESPACE

   Working outside of application context.
   > This typically means that you attempted to use functionality that
   needed the current application. To solve this, set up an application
   context with app.app_context(). See the documentation for more
   information.
   Working outside of request context.
   > This typically means that you attempted to use functionality that
   needed an active HTTP request. Consult the documentation on testing
   for information about how to avoid this problem.

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)
   :options: +NORMALIZE_WHITESPACE

   Working outside of application context.
   > Attempted to use functionality that expected a current application
   to be set. To solve this, set up an app context using 'with
   app.app_context()'. See the documentation on app context for more
   information.
   Working outside of request context.
   > Attempted to use functionality that expected an active HTTP
   request. See the documentation on request context for more
   information.
"""

from importlib.metadata import version

from flask import g, request

FLASK = tuple(map(int, version("flask").split(".")[:2]))


def read_user():
    return g.user


def read_path():
    return request.path
