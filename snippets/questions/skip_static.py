"""Skip a hook for static files.

.. testcode::

   client = app.test_client()
   for path in "/", "/static/shop.css":
       with client.get(path) as response:
           print(path, response.headers.get("X-User"))

.. testoutput::

   / nobody
   /static/shop.css None
"""

from flask import Flask, g, request, session

app = Flask(__name__)


def is_static():
    endpoint = request.endpoint or ""
    return endpoint == "static" or endpoint.endswith(".static")


@app.before_request
def load_user():
    if not is_static():
        g.user = session.get("user", "nobody")


@app.after_request
def name_user(response):
    if "user" in g:
        response.headers["X-User"] = g.user
    return response


@app.get("/")
def index():
    return "Shop"
