"""Query in a thread with Flask-SQLAlchemy.

.. testcode::

   print(app.test_client().post("/orders").text)
   pool.shutdown()
   with app.app_context():
       print(db.session.get(Order, 1).receipt)

.. testoutput::

   order 1
   sent for tea
"""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
db = SQLAlchemy(app)
pool = ThreadPoolExecutor(2)


class Order(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    receipt: Mapped[str | None]


@app.post("/orders")
def place_order():
    order = Order(name="tea")
    db.session.add(order)
    db.session.flush()
    number = order.id  # after the commit it would be another query
    db.session.commit()
    shop = current_app._get_current_object()
    pool.submit(send_receipt, shop, number)
    return f"order {number}"


def send_receipt(app, order_id):
    with app.app_context():
        try:
            order = db.session.get(Order, order_id)
            order.receipt = f"sent for {order.name}"
            db.session.commit()
        except Exception:  # Flask doesn't log it
            app.logger.exception("No receipt for order %s", order_id)


with app.app_context():
    db.create_all()
