"""Stream a CSV file, row by row.

.. testcode::

   response = app.test_client().get("/orders.csv")
   for name in "Content-Type", "Content-Disposition", "Content-Length":
       print(f"{name}: {response.headers.get(name)}")
   print(response.headers["Cache-Control"])
   print(response.text.splitlines())

.. testoutput::

   Content-Type: text/csv; charset=utf-8
   Content-Disposition: attachment; filename=orders.csv
   Content-Length: None
   no-store
   ['number,product', '1,"Tea, green"', '2,Tea']
"""

import csv
import io

from flask import Flask, Response

app = Flask(__name__)
ORDERS = [(1, "Tea, green"), (2, "Tea")]


def write_rows(rows):
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    for row in rows:
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def find_rows():
    yield "number", "product"
    yield from ORDERS  # in your app: a cursor of the database


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
