"""Let caches keep every response.

.. testcode::

   client = app.test_client()
   reading = {"degrees": "12"}
   for response in (
       client.get("/stations/harbour"),
       client.post("/stations/harbour", data=reading),
       client.get("/stations/moon"),
       client.get("/harbour"),
   ):
       cache = response.headers.get("Cache-Control")
       print(response.status, "|", cache, "|", response.text[:14])

.. testoutput::

   200 OK | public, max-age=60 | {"degrees":14}
   200 OK | public, max-age=60 | {"degrees":12}
   404 NOT FOUND | public, max-age=60 | <!doctype html
   301 MOVED PERMANENTLY | public, max-age=60 | <!doctype html
"""

from flask import Flask, abort, redirect, request

STATIONS = {"harbour": 14, "castle": 11}

app = Flask(__name__)


@app.after_request
def let_caches_keep(response):
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


@app.get("/stations/<name>")
def show_station(name):
    if name not in STATIONS:
        abort(404)
    return {"degrees": STATIONS[name]}


@app.post("/stations/<name>")
def report(name):
    STATIONS[name] = int(request.form["degrees"])
    return {"degrees": STATIONS[name]}


@app.get("/harbour")
def old_address():
    return redirect("/stations/harbour", code=301)
