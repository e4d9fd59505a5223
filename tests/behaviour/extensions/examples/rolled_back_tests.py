"""Roll the database back after each test.

.. testcode::

   client = app.test_client()
   for name in "tea", "milk":  # in place of two tests
       with rolled_back():
           print(client.post("/orders", data={"name": name}).text)
           print(client.get("/orders").text)
   print(client.get("/orders").text)

.. testoutput::

   Thank you
   1 orders
   Thank you
   1 orders
   0 orders
"""

from contextlib import contextmanager

import pytest
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
db = SQLAlchemy(app)


class Order(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


@app.post("/orders")
def place_order():
    db.session.add(Order(name=request.form["name"]))
    db.session.commit()
    return "Thank you"


@app.get("/orders")
def count_orders():
    return f"{db.session.query(Order).count()} orders"


@contextmanager
def rolled_back():
    with app.app_context():
        engines, engine = db.engines, db.engine
        mode = "create_savepoint"
        db.session.configure(join_transaction_mode=mode)
    with engine.connect() as connection:
        transaction = connection.begin()
        engines[None] = connection
        try:
            yield
        finally:
            engines[None] = engine
            transaction.rollback()


@pytest.fixture(autouse=True)
def database():
    with rolled_back():
        yield


def begin_with_sqlalchemy(engine):  # for SQLite only
    @event.listens_for(engine, "connect")
    def begin_nothing(connection, record):
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection):
        connection.exec_driver_sql("BEGIN")


with app.app_context():
    begin_with_sqlalchemy(db.engine)  # before it connects
    db.create_all()
