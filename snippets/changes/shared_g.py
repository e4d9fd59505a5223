"""Put a user on g in an app context around the request.

Up to Flask 3.1 a request uses the app context of its app that is
already pushed, and shares its g. Since 3.2 each request pushes its own.

.. testcode::

   from flask import appcontext_pushed

   client = app.test_client()
   with app.app_context():
       g.user = "anna"
       print("context around it:", client.get("/").text)

   with appcontext_pushed.connected_to(log_in, app):
       print("signal:", client.get("/").text)

Before Flask 3.2:

.. testoutput::
   :skipif: FLASK >= (3, 2)

   context around it: Hello, anna!
   signal: Hello, anna!

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)

   context around it: Hello, nobody!
   signal: Hello, anna!
"""

from importlib.metadata import version

from flask import Flask, g

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)


def log_in(sender):
    g.user = "anna"


@app.get("/")
def greet():
    return f"Hello, {g.get('user', 'nobody')}!"
