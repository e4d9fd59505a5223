"""Hooks around a view: load the user, add headers, close the database.

.. testcode::

   response = app.test_client().get("/orders/7")
   print(response.status, response.headers["Cache-Control"])

.. testoutput::

   200 OK no-store
"""

import sqlite3
from time import perf_counter

from flask import Flask, g

app = Flask(__name__)


def get_database():
    if "database" not in g:
        g.database = sqlite3.connect(":memory:")
    return g.database


@app.before_request
def start_timer():
    g.started = perf_counter()


@app.before_request
def load_user():
    g.user = "anna"


@app.get("/orders/<int:number>")
def show_order(number):
    found = get_database().execute("SELECT ? || ' tea'", [number])
    return f"Order of {g.user}: {found.fetchone()[0]}"


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
