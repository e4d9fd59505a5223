"""Raise in a hook: all hooks run again, on the 500.

.. testcode::

   response = app.test_client().get("/products")
   print(response.status, response.text[:15])

.. testoutput::

   add_version: 200 OK
   add_count: 200 OK
   add_version: 500 INTERNAL SERVER ERROR
   add_count: 500 INTERNAL SERVER ERROR
   500 INTERNAL SERVER ERROR <!doctype html>
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def add_count(response):
    print("add_count:", response.status)
    response.headers["X-Count"] = len(response.json["products"])
    return response


@app.after_request
def add_version(response):
    print("add_version:", response.status)
    response.headers["X-Version"] = "2"
    return response


@app.get("/products")
def list_products():
    return ["Tea", "Teapot"]
