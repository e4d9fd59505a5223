"""Hooks around a view: load the user, add a header, close the database.

.. testcode::

   response = app.test_client().get("/orders/7")
   print(response.status, response.headers["Cache-Control"])

.. testoutput::

   200 OK no-store
"""

import sqlite3

from flask import Flask, g

app = Flask(__name__)


@app.before_request
def open_database():
    g.database = sqlite3.connect(":memory:")


@app.before_request
def load_user():
    g.user = "anna"


@app.get("/orders/<int:number>")
def show_order(number):
    return f"Order {number} of {g.user}"


@app.after_request
def forbid_caching(response):
    response.headers["Cache-Control"] = "no-store"
    return response


@app.after_request
def add_security_headers(response):
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@app.teardown_appcontext
def close_database(exception):
    database = g.pop("database", None)
    if database is not None:
        database.close()
