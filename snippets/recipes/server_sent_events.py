"""Send an order's changes to the browser as events.

.. testcode::

   import contextlib

   with contextlib.closing(connect()) as database:
       database.execute(
           "CREATE TABLE changes"
           " (id INTEGER PRIMARY KEY, order_id, status)"
       )
       add = "INSERT INTO changes (order_id, status) VALUES (?, ?)"
       database.executemany(add, [(7, "packed"), (7, "delivered")])
       database.commit()
       client = app.test_client()
       response = client.get("/orders/7/events")
       print(response.headers["Content-Type"])
       print(response.text)
       seen = {"Last-Event-ID": "1"}
       print(client.get("/orders/7/events", headers=seen).text)

.. testoutput::

   text/event-stream; charset=utf-8
   id: 1
   data: {"status": "packed"}
   <BLANKLINE>
   id: 2
   data: {"status": "delivered"}
   <BLANKLINE>
   <BLANKLINE>
   id: 2
   data: {"status": "delivered"}
   <BLANKLINE>
   <BLANKLINE>
"""

import json
import sqlite3
import time

from flask import Flask, Response, request

app = Flask(__name__)


def connect():
    shop = "file:events?mode=memory&cache=shared"  # in your app: a path
    return sqlite3.connect(shop, uri=True)


def find_changes(order, last):
    query = (
        "SELECT id, status FROM changes WHERE order_id = ? AND id > ?"
    )
    database = connect()
    try:
        return database.execute(query, [order, last]).fetchall()
    finally:
        database.close()


def write_events(order, last):
    while True:
        changes = find_changes(order, last)
        for last, status in changes:
            data = json.dumps({"status": status})
            yield f"id: {last}\ndata: {data}\n\n"
            if status == "delivered":
                return
        if not changes:
            yield ": no change\n\n"
        time.sleep(2)


@app.get("/orders/<int:order>/events")
def watch_order(order):
    # In your app: first check that the order is the user's.
    last = request.headers.get("Last-Event-ID", 0, type=int)
    events = write_events(order, last)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Response(
        events, headers=headers, mimetype="text/event-stream"
    )
