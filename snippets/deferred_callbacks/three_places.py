"""Defer in before_request, in the view and in a helper.

.. testcode::

   client = app.test_client()
   for path in "/ferries/skye?port=Oban", "/ferries/mull":
       response = client.get(path)
       print(response.text)
       print(response.headers["Cache-Control"])

.. testoutput::

   Oban to skye: 14:10
   no-store
   Oban to mull: 15:00
   max-age=60
"""

from flask import Flask, after_this_request, g, request

TIMETABLE = {"mull": "15:00", "skye": "13:30"}
DELAYED = {"skye": "14:10"}
FULL = {"skye"}

app = Flask(__name__)


@app.before_request
def choose_port():
    g.port = request.cookies.get("port")
    if g.port is None:
        g.port = request.args.get("port", "Mallaig")

        @after_this_request
        def remember_port(response):
            response.set_cookie("port", g.port)
            return response


@app.after_request
def allow_caching(response):
    response.headers.setdefault("Cache-Control", "max-age=60")
    return response


@app.get("/ferries/<any(mull, skye):island>")
def next_ferry(island):
    if island in FULL:

        @after_this_request
        def mark_full(response):
            response.headers["X-Seats"] = "sold out"
            return response

    return f"{g.port} to {island}: {departure(island)}"


def departure(island):
    if island in DELAYED:
        after_this_request(forbid_caching)
        return DELAYED[island]
    return TIMETABLE[island]


def forbid_caching(response):
    response.headers["Cache-Control"] = "no-store"
    return response
