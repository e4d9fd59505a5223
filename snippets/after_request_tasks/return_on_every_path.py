"""Forbid storing loans, and respond to every request.

.. testcode::

   client = app.test_client()
   for path in "/", "/loans/ada", "/loans/bob", "/nowhere":
       try:
           response = client.get(path)
       except TypeError as error:
           print(path, "| TypeError:", error)
       else:
           cache = response.headers.get("Cache-Control")
           print(path, "|", cache, "|", response.text[:15])

.. testoutput::

   / | None | Open until 8
   /loans/ada | no-store | Emma, Dune
   /loans/bob | no-store | <!doctype html>
   /nowhere | None | <!doctype html>
"""

from flask import Flask, abort, request

LOANS = {"ada": "Emma, Dune"}

app = Flask(__name__)


@app.after_request
def forbid_storing(response):
    if request.path.startswith("/loans/"):
        response.headers["Cache-Control"] = "no-store"
    return response


@app.get("/")
def opening_hours():
    return "Open until 8"


@app.get("/loans/<reader>")
def list_loans(reader):
    if reader not in LOANS:
        abort(404)
    return LOANS[reader]
