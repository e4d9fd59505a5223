"""Let a decorator wrap plain and async views alike.

.. testcode::

   print(app.test_client().get("/").text)
   print(app.test_client().get("/plain").text)

.. testoutput::

   SHOP
   PLAIN
"""

from functools import wraps

from flask import Flask, current_app

app = Flask(__name__)


def shout(view):
    @wraps(view)
    def loud_view(**values):
        return current_app.ensure_sync(view)(**values).upper()

    return loud_view


@app.get("/")
@shout
async def index():
    return "shop"


@app.get("/plain")
@shout
def plain():
    return "plain"
