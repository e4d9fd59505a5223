"""Defer before the stream starts, and once more inside it.

.. testcode::

   response = app.test_client().get("/orders.csv")
   print(response.text, end="")
   print(response.headers["X-Shop"])
   print(response.headers.get("X-Rows"))

.. testoutput::

   1,lamp
   2,desk
   north
   None
"""

from flask import (
    Flask,
    Response,
    after_this_request,
    stream_with_context,
)

ORDERS = {1: "lamp", 2: "desk"}

app = Flask(__name__)


def set_header(name, value):
    @after_this_request
    def add_header(response):
        response.headers[name] = value
        return response


@app.get("/orders.csv")
def export_orders():
    set_header("X-Shop", "north")

    @stream_with_context
    def rows():
        for number, product in ORDERS.items():
            yield f"{number},{product}\n"
        set_header("X-Rows", len(ORDERS))

    return Response(rows(), mimetype="text/csv")
