"""Extend the headers with a dictionary.

.. testcode::

   client = app.test_client()
   for path in "/map", "/seats":
       response = client.get(path)
       origins = response.headers.getlist("Access-Control-Allow-Origin")
       print(path, origins)

.. testoutput::

   /map ['*', 'https://tickets.example']
   /seats ['https://tickets.example']
"""

from flask import Flask

app = Flask(__name__)
ORIGIN = "https://tickets.example"


@app.after_request
def allow_origin(response):
    response.headers.extend({"Access-Control-Allow-Origin": ORIGIN})
    return response


@app.get("/map")
def show_map():
    return "Stalls, balcony", {"Access-Control-Allow-Origin": "*"}


@app.get("/seats")
def show_seats():
    return "Row 7: 12, 13"
