"""Give the response class a default header, and miss the error pages.

.. testcode::

   from werkzeug.test import Client

   clients = {"sent": Client(app), "tested": app.test_client()}
   for path in "/", "/catalogue", "/lamps", "/orders":
       for name, client in clients.items():
           headers = client.get(path).headers
           frame = headers.get("X-Frame-Options", "missing")
           print(f"{path} {name}: {frame}")

.. testoutput::

   / sent: DENY
   / tested: DENY
   /catalogue sent: DENY
   /catalogue tested: DENY
   /lamps sent: missing
   /lamps tested: DENY
   /orders sent: missing
   /orders tested: DENY
"""

from flask import Flask, Response, redirect


class SecureResponse(Response):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.headers.setdefault("X-Frame-Options", "DENY")


class Shop(Flask):
    response_class = SecureResponse


app = Shop(__name__)


@app.get("/")
def index():
    return "Tea and teapots"


@app.get("/catalogue")
def old_catalogue():
    return redirect("/", 302)


@app.get("/orders/")
def list_orders():
    return "2 teapots"
