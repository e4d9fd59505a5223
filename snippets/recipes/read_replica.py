"""Read from the replica, write to the primary.

.. testcode::

   import contextlib

   with (
       contextlib.closing(connect(PRIMARY)) as primary,
       contextlib.closing(connect(REPLICA)) as replica,
   ):
       primary.execute("CREATE TABLE orders (product TEXT)")
       primary.backup(replica)  # in your app: the database does it
       visitor, other = app.test_client(), app.test_client()
       https = {"base_url": "https://localhost"}
       print(visitor.post("/orders/tea", **https).status)
       print(visitor.get("/orders", **https).json)
       print(other.get("/orders", **https).json)
       primary.backup(replica)
       print(other.get("/orders", **https).json)

.. testoutput::

   201 CREATED
   ['tea']
   []
   ['tea']
"""

import sqlite3
import time

from flask import Flask, g, has_request_context, request, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config["SESSION_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"

# In your app: two addresses, and a time that is more than the lag.
PRIMARY = "file:primary?mode=memory&cache=shared"
REPLICA = "file:replica?mode=memory&cache=shared"
LAG = 5
READS = "GET", "HEAD", "OPTIONS"


def connect(place):
    return sqlite3.connect(place, uri=True)


def is_replica_enough():
    if not has_request_context() or request.method not in READS:
        return False
    return time.time() - session.get("wrote_at", 0) > LAG


def get_database(write=False):
    place = PRIMARY
    if not write and is_replica_enough():
        place = REPLICA
    databases = g.setdefault("databases", {})
    if place not in databases:
        databases[place] = connect(place)
        if place == REPLICA:
            databases[place].execute("PRAGMA query_only = ON")
    return databases[place]


@app.teardown_appcontext
def close_databases(exception):
    for database in g.pop("databases", {}).values():
        database.close()


@app.after_request
def remember_write(response):
    if request.method not in READS and PRIMARY in g.get(
        "databases", {}
    ):
        session["wrote_at"] = time.time()
    return response


@app.post("/orders/<product>")
def place_order(product):
    with get_database() as database:
        database.execute("INSERT INTO orders VALUES (?)", [product])
    return "Thank you", 201


@app.get("/orders")
def list_orders():
    rows = get_database().execute("SELECT product FROM orders")
    return [product for (product,) in rows]
