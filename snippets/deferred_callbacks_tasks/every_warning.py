"""Answer with every warning of this request.

.. testcode::

   client = app.test_client()
   for units in ["cup", "pinch", "dash"], ["cup"], ["drop"]:
       response = client.get("/recipe", query_string={"unit": units})
       warnings = response.headers.getlist("X-Warning")
       print(response.json["grams"], ", ".join(warnings) or None)

.. testoutput::

   [120, 0, 0] no pinch, no dash
   [120] None
   [0] no drop
"""

from flask import Flask, after_this_request, request

GRAMS = {"cup": 120, "spoon": 15}

app = Flask(__name__)


@app.get("/recipe")
def show_recipe():
    units = request.args.getlist("unit")
    return {"grams": [to_grams(unit) for unit in units]}


def to_grams(unit):
    if unit not in GRAMS:
        warn(f"no {unit}")
    return GRAMS.get(unit, 0)


def warn(text):
    @after_this_request
    def add_warning(response):
        response.headers.add("X-Warning", text)
        return response
