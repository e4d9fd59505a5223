"""Commit when a request succeeds, roll back when it fails.

.. testcode::

   import contextlib

   with contextlib.closing(connect()) as database:
       database.execute("CREATE TABLE orders (product TEXT)")
       client = app.test_client()
       for product in "tea", "sold-out", "crash", "coffee":
           print(product, client.post(f"/orders/{product}").status)
       print(database.execute("SELECT product FROM orders").fetchall())

.. testoutput::

   tea 200 OK
   sold-out 409 CONFLICT
   crash 500 INTERNAL SERVER ERROR
   coffee 200 OK
   [('tea',), ('coffee',)]
"""

import sqlite3

from flask import Flask, abort, g

app = Flask(__name__)


def connect():
    shared = "file:recipe?mode=memory&cache=shared"  # or a path
    return sqlite3.connect(shared, uri=True)


def get_database():
    if "database" not in g:
        g.database = connect()
    return g.database


@app.after_request
def commit(response):
    if "database" in g and response.status_code < 400:
        g.database.commit()
    return response


@app.teardown_appcontext
def close_database(exception):
    database = g.pop("database", None)
    if database is not None:
        database.close()  # what is not committed is rolled back


@app.post("/orders/<product>")
def add_order(product):
    insert = "INSERT INTO orders VALUES (?)"
    get_database().execute(insert, [product])
    if product == "sold-out":
        abort(409)
    if product == "crash":
        raise RuntimeError("the printer is on fire")
    return "Saved"
