"""Close a module-level connection after each request.

.. testcode::

   client = app.test_client()
   print(client.get("/kept").text)
   try:
       client.get("/kept")
   except sqlite3.ProgrammingError as error:
       print(f"ProgrammingError: {error}")

   for _ in range(2):
       print(client.get("/opened").text)

.. testoutput::

   3.0 or newer
   ProgrammingError: Cannot operate on a closed database.
   3.0 or newer
   3.0 or newer
"""

import sqlite3

from flask import Flask, g

app = Flask(__name__)
app.testing = True
kept = sqlite3.connect(":memory:", check_same_thread=False)


def get_database():
    if "database" not in g:
        g.database = sqlite3.connect(":memory:")
    return g.database


@app.teardown_appcontext
def close_database(error):
    kept.close()
    database = g.pop("database", None)
    if database is not None:
        database.close()


def ask(database):
    row = database.execute("SELECT sqlite_version() > '3'").fetchone()
    return "3.0 or newer" if row[0] else "old"


@app.get("/kept")
def show_version():
    return ask(kept)


@app.get("/opened")
def show_version_fixed():
    return ask(get_database())
