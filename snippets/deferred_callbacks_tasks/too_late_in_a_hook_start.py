"""Suggest a page too late.

.. testcode::

   client = app.test_client()
   paths = "/books/emma", "/books/dune", "/nowhere", "/catalogue"
   for path in paths:
       response = client.get(path)
       suggestion = response.headers.get("X-Suggestion")
       print(path, "|", suggestion, "|", response.text[:15])

.. testoutput::

   /books/emma | None | Emma, 3 copies
   /books/dune | None | <!doctype html>
   /nowhere | None | <!doctype html>
   /catalogue | /books/emma | The old catalog
"""

from flask import Flask, abort, after_this_request

BOOKS = {"emma": "Emma, 3 copies"}

app = Flask(__name__)


def suggest(path):
    @after_this_request
    def add_suggestion(response):
        response.headers["X-Suggestion"] = path
        return response


@app.after_request
def help_the_lost(response):
    if response.status_code == 404:
        suggest("/search")
    return response


@app.get("/books/<title>")
def show_book(title):
    if title not in BOOKS:
        abort(404)
    return BOOKS[title]


@app.get("/catalogue")
def old_catalogue():
    suggest("/books/emma")
    return "The old catalogue"
