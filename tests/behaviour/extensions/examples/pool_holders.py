"""Log who holds the connections when the pool has none left.

.. testcode::

   client = app.test_client()
   for path in "/report", "/report", "/orders":
       print(client.get(path).status)

.. testoutput::

   200 OK
   200 OK
   no connection left; held by ['/report', '/report']
   503 SERVICE UNAVAILABLE
"""

from flask import Flask, has_request_context, request
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import TimeoutError
from sqlalchemy.pool import QueuePool

app = Flask(__name__)
engine = create_engine(
    "sqlite://",
    poolclass=QueuePool,
    pool_size=2,
    max_overflow=0,
    pool_timeout=0.1,
)
holders = {}


@event.listens_for(engine, "checkout")
def note_holder(connection, record, proxy):
    where = request.path if has_request_context() else "no request"
    holders[id(record)] = where


@event.listens_for(engine, "checkin")
def forget_holder(connection, record):
    holders.pop(id(record), None)


@app.errorhandler(TimeoutError)
def report_holders(error):
    held = sorted(holders.values())
    print("no connection left; held by", held)
    return "Try again later", 503


forgotten = []


@app.get("/report")
def show_report():
    connection = engine.connect()
    forgotten.append(connection)  # nobody closes it
    return str(connection.scalar(text("SELECT 1")))


@app.get("/orders")
def show_orders():
    with engine.connect() as connection:
        return str(connection.scalar(text("SELECT 2")))
