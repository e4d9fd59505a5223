"""Turn a hook off in a test, or replace what it calls.

.. testcode::

   from unittest import mock

   client = app.test_client()
   print(client.get("/").text)
   with mock.patch.object(Hours, "is_open", return_value=True):
       print(client.get("/").text)
   with mock.patch.dict(app.before_request_funcs, {None: []}):
       print(client.get("/").text)

.. testoutput::

   closed
   Shop
   Shop
"""

from flask import Flask

app = Flask(__name__)


class Hours:
    @staticmethod
    def is_open():
        return False  # in your app: look at the clock


@app.before_request
def check_hours():
    if not Hours.is_open():
        return "closed", 503


@app.get("/")
def index():
    return "Shop"
