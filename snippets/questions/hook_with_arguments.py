"""Register hooks with values of their own.

.. testcode::

   headers = app.test_client().get("/").headers
   print(headers["X-Shop"], "/", headers["Cache-Control"])

.. testoutput::

   corner / no-store
"""

from functools import partial

from flask import Flask

app = Flask(__name__)


class Stamp:
    def __init__(self, name):
        self.name = name

    def add(self, response):
        response.headers["X-Shop"] = self.name
        return response


def set_header(name, value, response):
    response.headers.setdefault(name, value)
    return response


app.after_request(Stamp("corner").add)
app.after_request(partial(set_header, "Cache-Control", "no-store"))


@app.get("/")
def index():
    return "Shop"
