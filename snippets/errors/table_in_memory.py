"""Make a table in one connection to ":memory:", and use it in another.

.. testcode::

   import tempfile

   make_table(":memory:")
   client = app.test_client()
   print(client.get("/orders").text)
   with tempfile.TemporaryDirectory() as folder:
       make_table(f"{folder}/shop.db")
       print(client.get("/orders").text)

.. testoutput::

   no such table: orders
   0 orders
"""

import sqlite3

from flask import Flask, g

app = Flask(__name__)


def get_database():
    if "database" not in g:
        g.database = sqlite3.connect(app.config["SHOP"])
    return g.database


@app.teardown_appcontext
def close_database(exception):
    database = g.pop("database", None)
    if database is not None:
        database.close()


def make_table(path):
    app.config["SHOP"] = path
    with app.app_context():
        get_database().execute("CREATE TABLE orders (product TEXT)")


@app.get("/orders")
def count_orders():
    try:
        rows = get_database().execute("SELECT * FROM orders").fetchall()
    except sqlite3.OperationalError as error:
        return str(error)
    return f"{len(rows)} orders"
