"""Count one reader twice when a hook raises.

.. testcode::

   READERS.clear()
   response = app.test_client().get("/articles/harvest")
   print(response.status, response.text[:15])
   print(READERS)

.. testoutput::

   500 INTERNAL SERVER ERROR <!doctype html>
   ['harvest on 200', 'harvest on 500']
"""

from flask import Flask, after_this_request

EDITORS = {"sports": "Ines"}
READERS = []

app = Flask(__name__)


@app.after_request
def name_editor(response):
    if response.status_code == 200:
        response.headers["X-Editor"] = EDITORS["farming"]
    return response


@app.get("/articles/<title>")
def read_article(title):
    @after_this_request
    def count_reader(response):
        READERS.append(f"{title} on {response.status_code}")
        return response

    return "Good weather, late apples"
