"""Open a connection in an app context, then make a request in it.

Up to Flask 3.1 the request shares the context, so the connection stays
open until the block ends. Since 3.2 the request has a context of its
own, with its own g and its own teardown.

.. testcode::

   with app.app_context():
       connect()
       app.test_client().get("/")
       print("request is over")

Before Flask 3.2:

.. testoutput::
   :skipif: FLASK >= (3, 2)

   open connection 1
   page with connection 1
   request is over
   close connection 1

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)

   open connection 1
   open connection 2
   page with connection 2
   close connection 2
   request is over
   close connection 1
"""

from importlib.metadata import version
from itertools import count

from flask import Flask, g

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)
numbers = count(1)


def connect():
    if "connection" not in g:
        g.connection = next(numbers)
        print("open connection", g.connection)
    return g.connection


@app.teardown_appcontext
def disconnect(exception):
    connection = g.pop("connection", None)
    if connection is not None:
        print("close connection", connection)


@app.get("/")
def page():
    print("page with connection", connect())
    return "ok"
