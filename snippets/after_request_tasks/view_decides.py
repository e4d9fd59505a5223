"""Forbid framing unless the view has said otherwise.

.. testcode::

   client = app.test_client()
   paths = "/", "/map", "/map?embed", "/events", "/nowhere"
   for path in paths:
       response = client.get(path)
       framing = response.headers.getlist("X-Frame-Options")
       print(path, "|", framing, "|", response.text[:15])

.. testoutput::

   / | ['DENY'] | Welcome to town
   /map | ['DENY'] | Large map
   /map?embed | ['SAMEORIGIN'] | Small map
   /events | ['SAMEORIGIN'] | Market on Frida
   /nowhere | ['DENY'] | <!doctype html>
"""

from flask import Flask, request

PARTNERS = {"X-Frame-Options": "SAMEORIGIN"}

app = Flask(__name__)


@app.after_request
def forbid_framing(response):
    response.headers.setdefault("X-Frame-Options", "DENY")
    return response


@app.get("/")
def welcome():
    return "Welcome to town"


@app.get("/map")
def town_map():
    if "embed" in request.args:
        return "Small map", PARTNERS
    return "Large map"


@app.get("/events")
def events():
    return "Market on Friday", PARTNERS
