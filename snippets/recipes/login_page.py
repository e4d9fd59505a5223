"""Send visitors to the login page, and back to where they came from.

.. testcode::

   client = app.test_client()
   for path in "/orders?page=2", "/login", "/nothing":
       page = client.get(path, follow_redirects=True)
       print(path, page.status_code, page.request.args.get("next"))
   for target in "/orders?page=2", "//evil.example":
       form = client.post("/login", query_string={"next": target})
       print(target, form.status_code, form.location)

.. testoutput::

   /orders?page=2 200 /orders?page=2
   /login 200 None
   /nothing 404 None
   /orders?page=2 303 /orders?page=2
   //evil.example 303 /
"""

import re
from urllib.parse import quote

from flask import Flask, redirect, request, session, url_for

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config["SESSION_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
PATH = re.compile(r"/(?!/)[\w./?&=%+~-]*", re.ASCII)


@app.before_request
def require_login():
    exempt = request.endpoint in {"log_in", "static", None}
    if exempt or request.method == "OPTIONS" or "user" in session:
        return None
    here = quote(request.script_root + request.path)
    if query := quote(request.query_string, safe="/?&=%+"):
        here += "?" + query
    return redirect(url_for("log_in", next=here))


@app.route("/login", methods=["GET", "POST"])
def log_in():
    if request.method == "GET":
        return '<form method="post">...</form>'
    session.clear()
    session["user"] = "anna"  # in your app: check a password first
    target = request.args.get("next", "")
    if not PATH.fullmatch(target):
        target = url_for("index")
    return redirect(target, 303)


@app.get("/")
def index():
    return "Shop"


@app.get("/orders")
def list_orders():
    return f"Orders of {session['user']}"
