"""Register functions before and after an extension.

.. testcode::

   app.test_client().get("/")
   for call in calls:
       print(call)

.. testoutput::

   first
   extension: before
   second
   second: after
   extension: after
   first: after
"""

from flask import Flask

app = Flask(__name__)
calls = []


class Shipping:
    """An extension: its hooks are registered when it gets the app."""

    def init_app(self, app):
        app.before_request(self.open)
        app.after_request(self.close)

    def open(self):
        calls.append("extension: before")

    def close(self, response):
        calls.append("extension: after")
        return response


@app.before_request
def first():
    calls.append("first")


@app.after_request
def after_first(response):
    calls.append("first: after")
    return response


Shipping().init_app(app)


@app.before_request
def second():
    calls.append("second")


@app.after_request
def after_second(response):
    calls.append("second: after")
    return response


@app.get("/")
def index():
    return "Shop"
