"""Require a login for every view except those that say otherwise.

.. testcode::

   client = app.test_client()
   for path in "/", "/orders", "/nothing", "/static/shop.css":
       print(path, client.get(path).status)
   print("OPTIONS", client.options("/orders").status)
   client.post("/login")
   print("/orders", client.get("/orders").status)

.. testoutput::

   / 200 OK
   /orders 401 UNAUTHORIZED
   /nothing 404 NOT FOUND
   /static/shop.css 404 NOT FOUND
   OPTIONS 200 OK
   /orders 200 OK
"""

from flask import Flask, abort, current_app, request, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config["SESSION_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"


def public(view):
    view.is_public = True
    return view


@app.before_request
def require_login():
    if request.method == "OPTIONS":
        return  # a CORS preflight has no cookies
    view = current_app.view_functions.get(request.endpoint)
    if request.endpoint == "static" or view is None:
        return
    if not getattr(view, "is_public", False) and "user" not in session:
        abort(401)


@app.get("/")
@public
def index():
    return "Shop"


@app.post("/login")
@public
def log_in():
    session.clear()
    session["user"] = "anna"  # in your app: check a password first
    return "Welcome"


@app.get("/orders")
def list_orders():
    return f"Orders of {session['user']}"
