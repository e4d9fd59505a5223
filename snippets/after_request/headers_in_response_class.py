"""Give the response class a default header, and miss the error pages.

.. testcode::

   from werkzeug.test import Client

   for path in "/", "/map", "/rooms", "/tours":
       for client in Client(app), app.test_client():
           response = client.get(path)
           frame = response.headers.get("X-Frame-Options", "missing")
           print(path, response.status_code, frame)

.. testoutput::

   / 200 DENY
   / 200 DENY
   /map 302 DENY
   /map 302 DENY
   /rooms 404 missing
   /rooms 404 DENY
   /tours 308 missing
   /tours 308 DENY
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
