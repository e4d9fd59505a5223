"""Raise in a hook: a 500 goes down the chain of hooks again.

.. testcode::

   response = app.test_client().get("/rooms")
   print(response.status, response.text[:15])

.. testoutput::

   add_version: 200 OK
   add_count: 200 OK
   add_version: 500 INTERNAL SERVER ERROR
   add_count: 500 INTERNAL SERVER ERROR
   500 INTERNAL SERVER ERROR <!doctype html>
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def add_count(response):
    print("add_count:", response.status)
    response.headers["X-Count"] = len(response.json["rooms"])
    return response


@app.after_request
def add_version(response):
    print("add_version:", response.status)
    response.headers["X-Version"] = "2"
    return response


@app.get("/rooms")
def list_rooms():
    return ["Attic", "Cellar"]
