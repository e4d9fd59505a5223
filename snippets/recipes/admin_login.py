"""Protect all views of a blueprint but its own login page.

.. testcode::

   client = app.test_client()
   print(client.get("/admin/login").status_code)
   response = client.get("/admin/orders")
   print(response.status_code, response.headers["Location"])
   https = {"base_url": "https://shop.example"}
   with client.session_transaction(**https) as session:
       session["role"] = "admin"
   print(client.get("/admin/orders", **https).text)

.. testoutput::

   200
   303 /admin/login
   Orders
"""

from flask import Blueprint, Flask, redirect, request, session, url_for

admin = Blueprint("admin", __name__, url_prefix="/admin")


@admin.before_request
def require_admin():
    if request.endpoint == "admin.log_in":
        return None  # the login page itself
    if session.get("role") != "admin":
        return redirect(url_for("admin.log_in"), 303)


@admin.get("/login")
def log_in():
    return "Please log in"


@admin.get("/orders")
def list_orders():
    return "Orders"


app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config["SESSION_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
app.register_blueprint(admin)
