"""Stream a CSV file, row by row.

.. testcode::

   import contextlib

   with contextlib.closing(connect()) as database:
       database.execute("CREATE TABLE orders (number, product)")
       add = "INSERT INTO orders VALUES (?, ?)"
       database.executemany(add, [(1, "Tea, green"), (2, "Tea")])
       database.commit()
       response = app.test_client().get("/orders.csv")
       print(response.text.splitlines())
   for name in "Content-Type", "Content-Disposition", "Content-Length":
       print(f"{name}: {response.headers.get(name)}")
   print(response.headers["Cache-Control"])

.. testoutput::

   ['number,product', '1,"Tea, green"', '2,Tea']
   Content-Type: text/csv; charset=utf-8
   Content-Disposition: attachment; filename=orders.csv
   Content-Length: None
   no-store
"""

import csv
import io
import sqlite3

from flask import Flask, Response

app = Flask(__name__)


def connect():
    shop = "file:csv?mode=memory&cache=shared"  # in your app: a path
    return sqlite3.connect(shop, uri=True)


def write_rows(rows):
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    for row in rows:
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def find_rows():
    database = connect()
    try:
        yield "number", "product"
        yield from database.execute("SELECT * FROM orders")
    finally:
        database.close()


@app.after_request
def forbid_caching(response):
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@app.get("/orders.csv")
def export_orders():
    name = "attachment; filename=orders.csv"
    headers = {"Content-Disposition": name}
    rows = write_rows(find_rows())
    return Response(rows, headers=headers, mimetype="text/csv")
