"""Use async functions in every place.

.. testcode::

   response = app.test_client().get("/")
   print(response.text, response.headers["Cache-Control"])

.. testoutput::

   Hello, anna no-store
"""

from flask import Flask, g

app = Flask(__name__)


@app.before_request
async def load_user():
    g.user = "anna"


@app.get("/")
async def index():
    return f"Hello, {g.user}"


@app.after_request
async def forbid_caching(response):
    response.headers["Cache-Control"] = "no-store"
    return response


@app.teardown_request
async def release_lock(exception):
    pass
