"""Count one reader twice when a hook raises.

.. testcode::

   READERS.clear()
   response = app.test_client().get("/posts/hello")
   print(response.status, response.text[:15])
   print(READERS)

.. testoutput::

   500 INTERNAL SERVER ERROR <!doctype html>
   ['counted on 200', 'counted on 500']
"""

from flask import Flask, after_this_request

AUTHORS = {"welcome": "Ada"}
READERS = []

app = Flask(__name__)


@app.after_request
def add_author(response):
    if response.status_code == 200:
        response.headers["X-Author"] = AUTHORS["hello"]
    return response


@app.get("/posts/hello")
def show_post():
    @after_this_request
    def count_reader(response):
        READERS.append(f"counted on {response.status_code}")
        return response

    return "Hello from the shop"
