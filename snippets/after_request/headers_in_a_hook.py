"""Protect the pages of a museum with one hook.

.. testcode::

   for method, path in [
       ("GET", "/"),
       ("GET", "/rooms/amber"),
       ("GET", "/map"),
       ("GET", "/rooms/attic"),
       ("GET", "/tours"),
       ("OPTIONS", "/"),
       ("POST", "/"),
       ("GET", "/visitors"),
   ]:
       response = app.test_client().open(path, method=method)
       frame = response.headers.get("X-Frame-Options", "missing")
       print(method, path, response.status_code, frame)

.. testoutput::

   GET / 200 DENY
   GET /rooms/amber 200 DENY
   GET /map 302 DENY
   GET /rooms/attic 404 DENY
   GET /tours 308 DENY
   OPTIONS / 200 DENY
   POST / 405 DENY
   GET /visitors 500 DENY
"""

from flask import Flask, abort, redirect

ROOMS = {"amber": "Amber, 40 million years old"}

app = Flask(__name__)


@app.after_request
def protect(response):
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@app.get("/")
def entrance():
    return "Welcome to the museum"


@app.get("/rooms/<name>")
def room(name):
    if name not in ROOMS:
        abort(404)
    return ROOMS[name]


@app.get("/map")
def old_map():
    return redirect("/", 302)


@app.get("/tours/")
def tours():
    return "Saturdays at three"


@app.get("/visitors")
def visitors():
    counted = {}
    return f"{counted['today']} visitors today"


@app.errorhandler(404)
def not_found(error):
    return "There is no such room", 404
