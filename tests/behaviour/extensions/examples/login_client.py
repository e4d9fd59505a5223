"""Test as a user of Flask-Login.

.. testcode::

   with app.test_client(user=User("ada")) as client:
       print(client.get("/orders").text)
   print(app.test_client().get("/orders").status)

.. testoutput::

   orders of ada
   401 UNAUTHORIZED
"""

from flask import Flask
from flask_login import (
    FlaskLoginClient,
    LoginManager,
    UserMixin,
    current_user,
    login_required,
)

app = Flask(__name__)
app.secret_key = "only for tests"
app.test_client_class = FlaskLoginClient
login_manager = LoginManager(app)


class User(UserMixin):
    def __init__(self, id):
        self.id = id


@login_manager.user_loader
def load_user(id):
    return User(id)


@app.get("/orders")
@login_required
def show_orders():
    return f"orders of {current_user.id}"
