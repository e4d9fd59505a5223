"""Measure each dispatch in a subclass of Flask.

.. testcode::

   print(app.test_client().get("/").text)
   print(noted)

.. testoutput::

   Shop
   ['before all functions', 'before_request', 'after all functions']
"""

from flask import Flask

noted = []


class Shop(Flask):
    def full_dispatch_request(self, *ctx):  # nothing before 3.2
        noted.append("before all functions")
        try:
            return super().full_dispatch_request(*ctx)
        finally:
            noted.append("after all functions")


app = Shop(__name__)


@app.before_request
def load_user():
    noted.append("before_request")


@app.get("/")
def index():
    return "Shop"
