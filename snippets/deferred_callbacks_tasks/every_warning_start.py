"""Send only the last warning.

.. testcode::

   client = app.test_client()
   for units in ["cup", "pinch", "dash"], ["cup"], ["drop"]:
       response = client.get("/recipe", query_string={"unit": units})
       warnings = response.headers.getlist("X-Warning")
       print(response.json["grams"], ", ".join(warnings) or None)

.. testoutput::

   [120, 0, 0] unit 3 unknown
   [120] None
   [0] unit 1 unknown
"""

from flask import Flask, after_this_request, request

GRAMS = {"cup": 120, "spoon": 15}

app = Flask(__name__)


@app.get("/recipe")
def show_recipe():
    units = request.args.getlist("unit")
    numbered = enumerate(units, start=1)
    return {"grams": [to_grams(unit, n) for n, unit in numbered]}


def to_grams(unit, number):
    if unit not in GRAMS:
        warn(f"unit {number} unknown")
    return GRAMS.get(unit, 0)


def warn(text):
    @after_this_request
    def add_warning(response):
        response.headers["X-Warning"] = text
        return response
