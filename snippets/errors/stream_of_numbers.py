"""Stream numbers instead of text.

.. testcode::

   client = app.test_client()
   try:
       print(client.get("/stock").text)
   except TypeError as error:
       print(error)
   print(client.get("/fixed").text, end="")

.. testoutput::

   sequence item 0: expected a bytes-like object, int found
   3
   5
"""

from flask import Flask, Response

app = Flask(__name__)


def write_numbers():
    yield 3
    yield 5


@app.get("/stock")
def show_stock():
    return Response(write_numbers(), mimetype="text/plain")


@app.get("/fixed")
def show_stock_fixed():
    lines = (f"{number}\n" for number in write_numbers())
    return Response(lines, mimetype="text/plain")
