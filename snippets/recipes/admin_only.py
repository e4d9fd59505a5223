"""Protect all views of a blueprint.

.. testcode::

   client = app.test_client()
   for path in "/", "/admin/orders", "/admin/reports/daily":
       print(path, client.get(path).status_code)
   https = {"base_url": "https://shop.example"}
   with client.session_transaction(**https) as session:
       session["role"] = "admin"
   print(client.get("/admin/orders", **https).text)

.. testoutput::

   / 200
   /admin/orders 403
   /admin/reports/daily 403
   Orders
"""

from flask import Blueprint, Flask, abort, session

admin = Blueprint("admin", __name__, url_prefix="/admin")
reports = Blueprint("reports", __name__, url_prefix="/reports")


@admin.before_request
def require_admin():
    if session.get("role") != "admin":
        abort(403)


@admin.get("/orders")
def list_orders():
    return "Orders"


@reports.get("/daily")
def show_daily_report():
    return "Report"


admin.register_blueprint(reports)
app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config["SESSION_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
app.register_blueprint(admin)


@app.get("/")
def index():
    return "Shop"
