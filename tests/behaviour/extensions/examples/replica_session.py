"""Read from a replica with Flask-SQLAlchemy.

.. testcode::

   visitor, other = app.test_client(), app.test_client()
   https = {"base_url": "https://localhost"}
   print(visitor.post("/orders", **https).status)
   for client in visitor, other:
       print(client.get("/orders", **https).json)

.. testoutput::

   201 CREATED
   ['tea']
   []
"""

import time

from flask import Flask, has_request_context, request, session
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import Mapped, mapped_column

LAG = 5
READS = "GET", "HEAD", "OPTIONS"


def is_replica_enough():
    if not has_request_context() or request.method not in READS:
        return False
    return time.time() - session.get("wrote_at", 0) > LAG


class RoutingSession(Session):
    def get_bind(self, mapper=None, clause=None, bind=None, **options):
        if bind is None and is_replica_enough():
            bind = db.engines["replica"]
        return super().get_bind(mapper, clause, bind, **options)


app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config["SESSION_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
app.config["SQLALCHEMY_BINDS"] = {"replica": "sqlite://"}
db = SQLAlchemy(app, session_options={"class_": RoutingSession})


class Order(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


@app.after_request
def remember_write(response):
    if request.method not in READS:
        session["wrote_at"] = time.time()
    return response


@app.post("/orders")
def place_order():
    db.session.add(Order(name="tea"))
    db.session.commit()
    return "Thank you", 201


@app.get("/orders")
def list_orders():
    return list(db.session.scalars(db.select(Order.name)))


with app.app_context():
    for engine in db.engines.values():
        db.metadata.create_all(engine)
