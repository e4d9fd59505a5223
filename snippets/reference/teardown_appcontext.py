"""Close the database connection that a request has opened.

.. testcode::

   print(app.test_client().get("/orders/").text)

.. testoutput::

   2 orders
"""

import sqlite3

from flask import Flask, g

app = Flask(__name__)


def get_database():
    if "database" not in g:
        g.database = sqlite3.connect(":memory:")
    return g.database


@app.teardown_appcontext
def close_database(exception):
    database = g.pop("database", None)
    if database is not None:
        database.close()


@app.get("/orders/")
def list_orders():
    row = get_database().execute("SELECT 2").fetchone()
    return f"{row[0]} orders"
