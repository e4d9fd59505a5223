"""Work in a thread, with a database connection of its own.

.. testcode::

   import contextlib

   with contextlib.closing(sqlite3.connect(SHOP, uri=True)) as database:
       database.execute("CREATE TABLE orders (product TEXT)")
       print(app.test_client().post("/orders").text)
       threads.pop().join()
   print(mails, closed)

.. testoutput::

   Thank you
   ['order 1: tea'] ['connection', 'connection']
"""

import sqlite3
import threading

from flask import Flask, g

app = Flask(__name__)
threads, mails, closed = [], [], []  # for this example: leave them out

# In your app: the path of a file.
SHOP = "file:shop_in_a_thread?mode=memory&cache=shared"


def get_database():
    if "database" not in g:
        g.database = sqlite3.connect(SHOP, uri=True)
    return g.database


@app.teardown_appcontext
def close_database(exception):
    database = g.pop("database", None)
    if database is not None:
        database.close()
        closed.append("connection")


def send_receipt(number):
    with app.app_context():
        try:
            mail_order(number)
        except Exception:  # Flask doesn't log it
            app.logger.exception("No receipt for order %s", number)


def mail_order(number):
    query = "SELECT product FROM orders WHERE rowid = ?"
    (product,) = get_database().execute(query, [number]).fetchone()
    mails.append(f"order {number}: {product}")  # in your app: send it


@app.post("/orders")
def place_order():
    database = get_database()
    added = database.execute("INSERT INTO orders VALUES ('tea')")
    database.commit()
    work = threading.Thread(target=send_receipt, args=[added.lastrowid])
    threads.append(work)
    work.start()
    return "Thank you"
