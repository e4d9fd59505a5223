"""Ask in every response whether this request has set a flag.

.. testcode::

   client = app.test_client()
   for cake in "carrot", "beetroot":
       response = client.get(f"/recipes/{cake}")
       print(response.text, response.headers.get("Cache-Control"))

.. testoutput::

   carrot: published None
   beetroot: draft no-store
"""

from flask import Flask, g

app = Flask(__name__)

RECIPES = {"carrot": "published", "beetroot": "draft"}


def find_state(cake):
    state = RECIPES[cake]
    if state == "draft":
        g.is_draft = True
    return state


@app.after_request
def keep_draft_private(response):
    if g.get("is_draft"):
        response.headers["Cache-Control"] = "no-store"
    return response


@app.get("/recipes/<cake>")
def recipe(cake):
    return f"{cake}: {find_state(cake)}"
