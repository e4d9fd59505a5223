"""Pop a context by hand while an exception is being handled.

Up to Flask 3.1 pop() without an argument takes the exception that
Python is handling at that moment. Since 3.2 it takes none: pass it.

.. testcode::

   for pop in pop_alone, pop_with_error, pop_without_error:
       context = app.test_request_context()
       context.push()
       try:
           raise LookupError("no such file")
       except LookupError as error:
           pop(context, error)

Before Flask 3.2:

.. testoutput::
   :skipif: FLASK >= (3, 2)

   teardown: LookupError('no such file')
   teardown: LookupError('no such file')
   teardown: None

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)

   teardown: None
   teardown: LookupError('no such file')
   teardown: None
"""

from importlib.metadata import version

from flask import Flask

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)


@app.teardown_request
def note(exception):
    print("teardown:", repr(exception))


def pop_alone(context, error):
    context.pop()


def pop_with_error(context, error):
    context.pop(error)


def pop_without_error(context, error):
    context.pop(None)
