"""Require a login for all that Dash serves.

.. testcode::

   client = server.test_client()
   for path in "/dashboard/", "/dashboard/_dash-layout", "/nowhere":
       print(path, client.get(path).status)

   client.post("/login", data={"name": "ada"})
   print(client.get("/dashboard/_dash-layout").status)

.. testoutput::

   /dashboard/ 302 FOUND
   /dashboard/_dash-layout 401 UNAUTHORIZED
   /nowhere 404 NOT FOUND
   200 OK
"""

from dash import Dash, html
from flask import Flask, abort, redirect, request, session, url_for

server = Flask(__name__)
server.secret_key = "change me: read it from the environment"
server.config["SESSION_COOKIE_SECURE"] = True
server.config["SESSION_COOKIE_SAMESITE"] = "Lax"


@server.before_request
def require_login():
    if not request.path.startswith("/dashboard/") or "user" in session:
        return
    if request.path.startswith("/dashboard/_"):
        abort(401)  # Dash's own requests, callbacks among them
    return redirect(url_for("log_in"))


@server.route("/login", methods=["GET", "POST"])
def log_in():
    if request.method == "POST":
        session["user"] = request.form["name"]  # check the password
        return redirect("/dashboard/")
    return "Please log in"


app = Dash(__name__, server=server, url_base_pathname="/dashboard/")
app.layout = html.Div("Orders of today")
