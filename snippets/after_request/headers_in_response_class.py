"""Give the response class a default header, and miss the error pages.

.. testcode::

   from werkzeug.test import Client

   clients = {"sent": Client(app), "tested": app.test_client()}
   for path in "/", "/map", "/rooms", "/tours":
       for name, client in clients.items():
           headers = client.get(path).headers
           frame = headers.get("X-Frame-Options", "missing")
           print(f"{path} {name}: {frame}")

.. testoutput::

   / sent: DENY
   / tested: DENY
   /map sent: DENY
   /map tested: DENY
   /rooms sent: missing
   /rooms tested: DENY
   /tours sent: missing
   /tours tested: DENY
"""

from flask import Flask, Response, redirect


class ProtectedResponse(Response):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.headers.setdefault("X-Frame-Options", "DENY")


class Museum(Flask):
    response_class = ProtectedResponse


app = Museum(__name__)


@app.get("/")
def entrance():
    return "Welcome to the museum"


@app.get("/map")
def old_map():
    return redirect("/", 302)


@app.get("/tours/")
def tours():
    return "Saturdays at three"
