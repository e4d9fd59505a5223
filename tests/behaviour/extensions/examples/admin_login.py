"""Let administrators only into Flask-Admin.

.. testcode::

   client = app.test_client()
   for path in "/", "/admin/", "/admin/reports/":
       print(path, client.get(path).status)

   with client.session_transaction() as session:
       session["is_admin"] = True
   print(client.get("/admin/reports/").text)

.. testoutput::

   / 200 OK
   /admin/ 403 FORBIDDEN
   /admin/reports/ 403 FORBIDDEN
   12 orders
"""

from flask import Flask, abort, request, session
from flask_admin import Admin, BaseView, expose

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config["SESSION_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"


@app.before_request
def require_admin():
    if request.path.startswith("/admin/") and "is_admin" not in session:
        abort(403)


class Reports(BaseView):
    @expose("/")
    def index(self):
        return "12 orders"


admin = Admin(app)
admin.add_view(Reports(endpoint="reports"))


@app.get("/")
def index():
    return "Shop"
