"""Note when a user was last seen, at most once a minute.

.. testcode::

   shop = {"base_url": "https://shop.example"}
   with contextlib.closing(open_database()) as kept:
       kept.execute("CREATE TABLE users (name PRIMARY KEY, seen REAL)")
       kept.execute("INSERT INTO users VALUES ('anna', 0)")
       kept.commit()
       client = app.test_client()
       client.post("/login", **shop)
       for path in "/nothing", "/", "/":
           client.get(path, **shop)
           changes = "SELECT seen > 0 FROM users"
           print(path, *kept.execute(changes).fetchone())

.. testoutput::

   /nothing 0
   / 1
   / 1
"""

import contextlib
import sqlite3
import time

from flask import Flask, request, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config["SESSION_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
NOTE = "UPDATE users SET seen = ? WHERE name = ?"


def open_database():  # in your app: the path of a file
    name = "file:last_seen?mode=memory&cache=shared"
    return sqlite3.connect(name, uri=True)


@app.before_request
def note_visit():
    if request.endpoint in {"static", None} or "user" not in session:
        return
    now = time.time()
    if session.get("noted", 0) > now - 60:
        return
    with contextlib.closing(open_database()) as database, database:
        database.execute(NOTE, [now, session["user"]])
    session["noted"] = now


@app.post("/login")
def log_in():
    session.clear()
    session["user"] = "anna"  # in your app: check a password first
    return "Welcome"


@app.get("/")
def index():
    return "Shop"
