"""Report how many queries each request made.

.. testcode::

   client = app.test_client()
   for path in "/orders", "/orders/all":
       print(client.get(path).text)

.. testoutput::

   list_orders: 4 queries
   tea of ada, cake of bob, milk of eve
   list_orders_at_once: 1 queries
   tea of ada, cake of bob, milk of eve
"""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.record_queries import get_recorded_queries
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
app.config["SQLALCHEMY_RECORD_QUERIES"] = True
db = SQLAlchemy(app)


@app.after_request
def report_queries(response):
    queries = get_recorded_queries()
    print(f"{request.endpoint}: {len(queries)} queries")
    return response


class User(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Order(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    user: Mapped[User] = relationship()


def describe(orders):
    return ", ".join(f"{order.name} of {order.user.name}" for order in orders)


@app.get("/orders")
def list_orders():
    # One query for the orders, and one for the user of each.
    return describe(db.session.scalars(db.select(Order)))


@app.get("/orders/all")
def list_orders_at_once():
    orders = db.select(Order).options(joinedload(Order.user))
    return describe(db.session.scalars(orders))


with app.app_context():
    db.create_all()
    for product, name in ("tea", "ada"), ("cake", "bob"), ("milk", "eve"):
        db.session.add(Order(name=product, user=User(name=name)))
    db.session.commit()
