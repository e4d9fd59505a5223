"""A shop with Flask-Login: who is logged in sees the orders."""

from flask import Flask
from flask_login import (
    LoginManager,
    UserMixin,
    current_user,
    login_required,
    login_user,
)

app = Flask(__name__)
app.secret_key = "only for tests"
login_manager = LoginManager(app)


class User(UserMixin):
    def __init__(self, name):
        self.id = name


@login_manager.user_loader
def load_user(name):
    return User(name)


@app.post("/login")
def login():
    login_user(User("ada"), remember=True)
    return "welcome"


@app.get("/orders")
@login_required
def show_orders():
    return f"orders of {current_user.id}"
