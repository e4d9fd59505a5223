"""Leave one view out of an after_request function.

.. testcode::

   client = app.test_client()
   for path in "/", "/health":
       print(path, client.get(path).headers.get("X-Served-By"))

.. testoutput::

   / shop
   /health None
"""

from flask import Flask, request

app = Flask(__name__)


def unsigned(view):
    view.is_unsigned = True
    return view


@app.after_request
def sign(response):
    view = app.view_functions.get(request.endpoint)
    if not getattr(view, "is_unsigned", False):
        response.headers["X-Served-By"] = "shop"
    return response


@app.get("/")
def index():
    return "Shop"


@app.get("/health")
@unsigned
def health():
    return "ok"
