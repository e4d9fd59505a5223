"""Pop a context that is not the last one pushed.

.. testcode::

   from contextvars import copy_context

   for make in app.app_context, app.test_request_context:
       copy_context().run(pop_first, make(), make())

   with app.app_context():
       print(app.test_client().get("/").text)

Before Flask 3.2:

.. testoutput::
   :skipif: FLASK >= (3, 2)

   Popped wrong app context.
   Popped wrong request context.
   each context was popped in its turn

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)

   Cannot pop this context
   Cannot pop this context
   each context was popped in its turn
"""

from importlib.metadata import version

from flask import Flask

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)


def pop_first(first, second):
    first.push()
    second.push()
    try:
        first.pop()
    except (AssertionError, RuntimeError) as error:
        print(str(error).partition(" (")[0])


@app.get("/")
def index():
    return "each context was popped in its turn"
