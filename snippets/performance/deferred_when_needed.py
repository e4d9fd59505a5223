"""Defer the change where the need for it is found.

.. testcode::

   client = app.test_client()
   for cake in "carrot", "beetroot":
       response = client.get(f"/recipes/{cake}")
       print(response.text, response.headers.get("Cache-Control"))

.. testoutput::

   carrot: published None
   beetroot: draft no-store
"""

from flask import Flask, after_this_request

app = Flask(__name__)

RECIPES = {"carrot": "published", "beetroot": "draft"}


def find_state(cake):
    state = RECIPES[cake]
    if state == "draft":

        @after_this_request
        def keep_draft_private(response):
            response.headers["Cache-Control"] = "no-store"
            return response

    return state


@app.get("/recipes/<cake>")
def recipe(cake):
    return f"{cake}: {find_state(cake)}"
