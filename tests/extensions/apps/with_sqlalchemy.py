"""Orders in SQLite, with Flask-SQLAlchemy."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
db = SQLAlchemy(app)


class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)


with app.app_context():
    db.create_all()


@app.post("/orders")
def add_order():
    db.session.add(Order())
    db.session.commit()
    return str(db.session.query(Order).count()), 201
