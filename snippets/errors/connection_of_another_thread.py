"""Use a module-level connection in another thread.

.. testcode::

   import threading

   def ask(path):
       print(app.test_client().get(path).text)

   for path in "/kept", "/opened":
       thread = threading.Thread(target=ask, args=[path])
       thread.start()
       thread.join()
   kept.close()

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   SQLite objects created in a thread can only be used
    in that same thread.
   1
"""

import sqlite3

from flask import Flask, g

app = Flask(__name__)
kept = sqlite3.connect(":memory:")


@app.teardown_appcontext
def close_database(error):
    database = g.pop("database", None)
    if database is not None:
        database.close()


@app.get("/kept")
def count_orders():
    try:
        return str(kept.execute("SELECT 1").fetchone()[0])
    except sqlite3.ProgrammingError as error:
        return str(error).partition(" The object")[0]


@app.get("/opened")
def count_orders_fixed():
    g.database = sqlite3.connect(":memory:")
    return str(g.database.execute("SELECT 1").fetchone()[0])
