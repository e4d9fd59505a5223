"""Write with a second connection while the first has not committed.

.. testcode::

   import tempfile

   with tempfile.TemporaryDirectory() as folder:
       make_shop(f"{folder}/shop.db")
       client = app.test_client()
       print(client.post("/orders").text)
       print(client.post("/orders/fixed").text)

.. testoutput::

   database is locked
   logged
"""

import sqlite3

from flask import Flask, g

app = Flask(__name__)


def get_database():
    if "database" not in g:
        g.database = sqlite3.connect(app.config["SHOP"], timeout=0)
    return g.database


@app.teardown_appcontext
def close_database(exception):
    database = g.pop("database", None)
    if database is not None:
        database.close()


def make_shop(path):
    app.config["SHOP"] = path
    with app.app_context():
        get_database().execute("CREATE TABLE orders (product TEXT)")
        get_database().execute("CREATE TABLE log (line TEXT)")


def add_order():
    get_database().execute("INSERT INTO orders VALUES ('tea')")


def write_log():
    with app.app_context():
        get_database().execute("INSERT INTO log VALUES ('order')")
        get_database().commit()
    return "logged"


@app.post("/orders")
def place_order():
    add_order()
    try:
        return write_log()
    except sqlite3.OperationalError as error:
        return str(error)


@app.post("/orders/fixed")
def place_order_fixed():
    add_order()
    get_database().commit()
    return write_log()
