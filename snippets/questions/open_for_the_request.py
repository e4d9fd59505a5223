"""Keep a context manager open from the first hook to the last.

.. testcode::

   print(app.test_client().get("/").text)

.. testoutput::

   lock taken
   view
   lock freed
   Shop
"""

from contextlib import ExitStack, contextmanager

from flask import Flask, g

app = Flask(__name__)


@contextmanager
def take_lock():
    print("lock taken")
    try:
        yield
    finally:
        print("lock freed")


@app.before_request
def enter():
    g.stack = ExitStack()
    g.stack.enter_context(take_lock())


@app.teardown_request
def leave(error):
    stack = g.pop("stack", None)
    if stack is None:
        return
    if error is None:
        stack.close()
    else:
        stack.__exit__(type(error), error, error.__traceback__)


@app.get("/")
def index():
    print("view")
    return "Shop"
