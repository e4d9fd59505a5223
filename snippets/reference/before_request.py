"""Load the user before each view; require one for orders.

.. testcode::

   client = app.test_client()
   shop = {"base_url": "https://shop.example"}
   print(client.get("/orders/", **shop).status)
   print(client.post("/login", **shop).text)
   print(client.get("/orders/", **shop).text)

.. testoutput::

   401 UNAUTHORIZED
   Welcome
   Orders of anna
"""

from flask import Flask, abort, g, request, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config.update(
    SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax"
)


@app.before_request
def load_user():
    g.user = session.get("user")


@app.before_request
def require_login():
    exempt = request.endpoint in {"login", "static", None}
    if exempt or request.method == "OPTIONS":
        return  # also unknown URLs, and CORS preflights
    if g.user is None:
        abort(401)


@app.get("/orders/")
def list_orders():
    return f"Orders of {g.user}"


@app.post("/login")
def login():
    session.clear()
    session["user"] = "anna"  # in your app: check a password first
    return "Welcome"
