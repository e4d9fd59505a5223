"""Reach error responses too, even after a crash in the view.

.. testcode::

   client = app.test_client()
   for path in "/tides", "/currents", "/waves":
       response = client.get(path)
       origin = response.headers["Access-Control-Allow-Origin"]
       print(response.status, origin, response.text[:15])

.. testoutput::

   200 OK * {"high":"06:12"
   404 NOT FOUND * <!doctype html>
   500 INTERNAL SERVER ERROR * <!doctype html>
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def allow_any_origin(response):
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@app.get("/tides")
def tides():
    return {"high": "06:12", "low": "12:31"}


@app.get("/waves")
def waves():
    heights = []
    return {"average": sum(heights) / len(heights)}
