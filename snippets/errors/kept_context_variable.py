"""Find the user of the last request in a context variable.

.. testcode::

   for shop in app, app_fixed:
       client = shop.test_client()
       for path in "/?user=anna", "/":
           print(path, client.get(path).text)

.. testoutput::

   /?user=anna Orders of anna
   / Orders of anna
   /?user=anna Orders of anna
   / Orders of nobody
"""

from contextvars import ContextVar

from flask import Flask, request
from markupsafe import escape

app, app_fixed = Flask(__name__), Flask(__name__)
user = ContextVar("user", default="nobody")


@app.before_request
def note_user():
    if "user" in request.args:
        user.set(request.args["user"])


@app_fixed.before_request
def note_user_fixed():
    user.set(request.args.get("user", "nobody"))


@app.get("/")
@app_fixed.get("/")
def list_orders():
    return f"Orders of {escape(user.get())}"
