"""Open a connection when a view needs it, and close it at the end.

.. testcode::

   client = app.test_client()
   print(client.get("/orders").text)
   print(client.get("/").text)
   print(closed)

.. testoutput::

   tea
   Shop
   ['connection']
"""

import sqlite3

from flask import Flask, g

app = Flask(__name__)
closed = []


def get_database():
    if "database" not in g:
        # In your app: connect to your database, and return.
        g.database = sqlite3.connect(":memory:")
        g.database.execute("CREATE TABLE orders (product TEXT)")
        g.database.execute("INSERT INTO orders VALUES ('tea')")
    return g.database


@app.teardown_appcontext
def close_database(exception):
    database = g.pop("database", None)
    if database is not None:
        database.close()
        closed.append("connection")


@app.get("/orders")
def list_orders():
    rows = get_database().execute("SELECT product FROM orders")
    return ", ".join(product for (product,) in rows)


@app.get("/")
def index():
    return "Shop"
