"""Defer before the body streams.

.. testcode::

   try:
       response = app.test_client().get("/tides")
       print(response.text, response.headers.get("X-Tides"))
   except RuntimeError:
       print("RuntimeError")

.. testoutput::

   06:1218:40 2
"""

from flask import Flask, after_this_request, stream_with_context

TIDES = ["06:12", "18:40"]

app = Flask(__name__)


@app.get("/tides")
def stream_tides():
    @after_this_request
    def count(response):
        response.headers["X-Tides"] = len(TIDES)
        return response

    def lines():
        yield from TIDES

    return stream_with_context(lines())
