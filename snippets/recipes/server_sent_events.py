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
       for number in "1", "2":
           seen = {"Last-Event-ID": number}
           response = client.get("/orders/7/events", headers=seen)
           print(response.status)
           print(response.text)

.. testoutput::

   text/event-stream; charset=utf-8
   id: 1
   data: {"status": "packed"}
   <BLANKLINE>
   id: 2
   data: {"status": "delivered"}
   <BLANKLINE>
   <BLANKLINE>
   200 OK
   id: 2
   data: {"status": "delivered"}
   <BLANKLINE>
   <BLANKLINE>
   204 NO CONTENT
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


def query(sql, *values):
    database = connect()
    try:
        return database.execute(sql, values).fetchall()
    finally:
        database.close()


CHANGES = (
    "SELECT id, status FROM changes WHERE order_id = ? AND id > ?"
    " ORDER BY id"
)
DELIVERED = (
    "SELECT id FROM changes WHERE order_id = ? AND id <= ?"
    " AND status = 'delivered'"
)


def write_events(order, last):
    while True:
        changes = query(CHANGES, order, last)
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
    if query(DELIVERED, order, last):
        return "", 204  # the browser stops asking
    events = write_events(order, last)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Response(
        events, headers=headers, mimetype="text/event-stream"
    )
