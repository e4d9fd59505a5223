"""Defer in a stream without the request.

.. testcode::

   try:
       response = app.test_client().get("/tides")
       print(response.text, response.headers.get("X-Tides"))
   except RuntimeError:
       print("RuntimeError")

.. testoutput::

   RuntimeError
"""

from flask import Flask, after_this_request

TIDES = ["06:12", "18:40"]

app = Flask(__name__)


@app.get("/tides")
def stream_tides():
    def lines():
        @after_this_request
        def count(response):
            response.headers["X-Tides"] = len(TIDES)
            return response

        yield from TIDES

    return lines()
