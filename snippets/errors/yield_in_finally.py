"""Yield the last line of a stream in finally.

.. testcode::

   for path in "/orders", "/orders-fixed":
       response = app.test_client().get(path)
       try:
           response.close()  # as a server does if the client leaves
       except RuntimeError as error:
           print(error)
       else:
           print("closed")

.. testoutput::

   generator ignored GeneratorExit
   closed
"""

from flask import Flask, Response

app = Flask(__name__)


def write_rows():
    try:
        yield "tea\n"
        yield "milk\n"
    finally:
        yield "end\n"


def write_rows_fixed():
    try:
        yield "tea\n"
        yield "milk\n"
        yield "end\n"
    finally:
        app.logger.debug("the stream has ended")


@app.get("/orders")
def export_orders():
    return Response(write_rows(), mimetype="text/csv")


@app.get("/orders-fixed")
def export_orders_fixed():
    return Response(write_rows_fixed(), mimetype="text/csv")
