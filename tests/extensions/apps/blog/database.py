"""One connection a request; the tables live as long as the process."""

import sqlite3

from flask import g

SHARED = sqlite3.connect(":memory:", check_same_thread=False)
SHARED.executescript(
    "create table account (name text); create table post (author text, body text);"
)


def get_db():
    if "db" not in g:
        g.db = SHARED.cursor()
    return g.db


def close_db(error=None):
    db = g.pop("db", None)
    if db is not None:
        db.close()


def init_app(app):
    app.teardown_appcontext(close_db)
