"""A shop with hooks on the app and on a blueprint.

.. testcode::

   response = app.test_client().get("/orders/7")
   print(response.text, response.headers["X-Frame-Options"])

.. testoutput::

   Order 7 for guest DENY
"""

from flask import Blueprint, Flask, g, request

app = Flask(__name__)
admin = Blueprint("admin", __name__, url_prefix="/admin")


@app.before_request
def load_user():
    g.user = request.cookies.get("user", "guest")


@admin.before_request
def only_admins():
    if g.user != "ada":
        return "Admins only", 403


@app.after_request
def add_security_headers(response):
    response.headers["X-Frame-Options"] = "DENY"
    return response


@app.get("/orders/<int:number>")
def show_order(number):
    return f"Order {number} for {g.user}"


@admin.get("/")
def show_sales():
    return "Sales"


app.register_blueprint(admin)
