"""Protect the pages of a museum without a hook, view by view.

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
   GET /tours 308 missing
   OPTIONS / 200 missing
   POST / 405 missing
   GET /visitors 500 missing
"""

from flask import Flask, abort, make_response, redirect

ROOMS = {"amber": "Amber, 40 million years old"}

app = Flask(__name__)


def protect(value):
    response = make_response(value)
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@app.get("/")
def entrance():
    return protect("Welcome to the museum")


@app.get("/rooms/<name>")
def room(name):
    if name not in ROOMS:
        abort(404)
    return protect(ROOMS[name])


@app.get("/map")
def old_map():
    return protect(redirect("/", 302))


@app.get("/tours/")
def tours():
    return protect("Saturdays at three")


@app.get("/visitors")
def visitors():
    counted = {}
    return protect(f"{counted['today']} visitors today")


@app.errorhandler(404)
def not_found(error):
    return protect(("There is no such room", 404))
