"""Run the hook before a streamed body is produced.

.. testcode::

   response = app.test_client().get("/report")
   print(response.text)

.. testoutput::

   hook: streamed = True
   view: first line
   view: second line
   Rain 12 mm
   Wind 30 km/h
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def look_at_body(response):
    print("hook: streamed =", response.is_streamed)
    return response


@app.get("/report")
def report():
    def lines():
        print("view: first line")
        yield "Rain 12 mm\n"
        print("view: second line")
        yield "Wind 30 km/h"

    return lines()
