"""Defer before the stream starts, and once more inside of it.

.. testcode::

   response = app.test_client().get("/gauge.csv")
   print(response.text, end="")
   print(response.headers["X-Unit"])
   print(response.headers.get("X-Rows"))

.. testoutput::

   monday,3
   tuesday,5
   cm
   None
"""

from flask import (
    Flask,
    Response,
    after_this_request,
    stream_with_context,
)

READINGS = {"monday": 3, "tuesday": 5}

app = Flask(__name__)


def set_header(name, value):
    @after_this_request
    def add_header(response):
        response.headers[name] = value
        return response


@app.get("/gauge.csv")
def export_readings():
    set_header("X-Unit", "cm")

    @stream_with_context
    def rows():
        for day, level in READINGS.items():
            yield f"{day},{level}\n"
        set_header("X-Rows", len(READINGS))

    return Response(rows(), mimetype="text/csv")
