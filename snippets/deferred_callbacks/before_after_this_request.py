"""Keep a list of callbacks on g, as it was done before Flask 0.9.

.. testcode::

   response = app.test_client().get("/score")
   print(response.text)
   print(response.headers["X-Characters"], len(response.text))

.. testoutput::

   Home 2 : 1 Away (half-time)
   15 27
"""

from flask import Flask, g

app = Flask(__name__)


def defer(callback):
    g.setdefault("deferred", []).append(callback)


@app.after_request
def run_deferred(response):
    for callback in g.get("deferred", []):
        response = callback(response)
    return response


@app.after_request
def count_characters(response):
    characters = len(response.get_data(as_text=True))
    response.headers["X-Characters"] = characters
    return response


@app.get("/score")
def show_score():
    defer(add_period)
    return "Home 2 : 1 Away"


def add_period(response):
    score = response.get_data(as_text=True)
    response.set_data(f"{score} (half-time)")
    return response
