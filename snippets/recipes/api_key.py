"""Accept requests to the API only with a key.

.. testcode::

   client = app.test_client()
   for path in "/", "/api/orders", "/api/nothing":
       print(path, client.get(path).status)
   key = {"Authorization": "Bearer change-me"}
   print(client.get("/api/orders", headers=key).json)

.. testoutput::

   / 200 OK
   /api/orders 401 UNAUTHORIZED
   /api/nothing 401 UNAUTHORIZED
   {'orders': []}
"""

from hmac import compare_digest

from flask import Flask, request

app = Flask(__name__)
KEY = "change-me"  # read it from the environment


@app.before_request
def require_key():
    if not f"{request.path}/".startswith("/api/"):  # "/api" as well
        return None
    if request.method == "OPTIONS":  # a CORS preflight has no key
        return None
    given = request.headers.get("Authorization", "")
    if compare_digest(given.encode(), f"Bearer {KEY}".encode()):
        return None
    error = {"error": "An API key is missing or wrong."}
    return error, 401, {"WWW-Authenticate": "Bearer"}


@app.get("/")
def index():
    return "Shop"


@app.get("/api/orders")
def list_orders():
    return {"orders": []}
