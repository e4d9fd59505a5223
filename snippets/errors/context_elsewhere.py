"""Pop a context in a different task from the one that pushed it.

.. testcode::

   from contextvars import copy_context

   task = copy_context()  # what asyncio makes for each task
   context = app.test_request_context()
   task.run(context.push)
   try:
       task.copy().run(context.pop)  # a task that this one started
   except ValueError as error:
       print(f"ValueError: {str(error).rpartition('> ')[2]}")

   context = app.test_request_context()
   task.copy().run(context.push)
   try:
       copy_context().run(context.pop)  # a task beside it
   except (LookupError, RuntimeError) as error:
       message = str(error).partition(" at ")[0].rpartition("), ")[2]
       print(f"{type(error).__name__}: {message}")

   print(copy_context().run(name_app))

Before Flask 3.2:

.. testoutput::
   :skipif: FLASK >= (3, 2)

   ValueError: was created in a different Context
   LookupError: <ContextVar name='flask.request_ctx'
   shop

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)

   ValueError: was created in a different Context
   RuntimeError: there is no active context.
   shop
"""

from importlib.metadata import version

from flask import Flask, current_app

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask("shop")


def name_app():
    with app.app_context():  # pushes and pops in one place
        return current_app.name
