"""Read the request in a teardown_appcontext function.

Up to Flask 3.1 the request is gone there. Since 3.2 one context has
both, so a teardown_appcontext function can still use the request.

.. testcode::

   app.test_client().get("/orders/7")
   with app.app_context():  # as in a command
       pass

Before Flask 3.2:

.. testoutput::
   :skipif: FLASK >= (3, 2)

   teardown_request: /orders/7
   teardown_appcontext: no request
   teardown_appcontext: no request

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)

   teardown_request: /orders/7
   teardown_appcontext: /orders/7
   teardown_appcontext: no request
"""

from importlib.metadata import version

from flask import Flask, has_request_context, request

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)


@app.teardown_request
def note_path(exception):
    print("teardown_request:", request.path)


@app.teardown_appcontext
def close_database(exception):
    path = request.path if has_request_context() else "no request"
    print("teardown_appcontext:", path)


@app.get("/orders/<int:number>")
def show_order(number):
    return f"Order {number}"
