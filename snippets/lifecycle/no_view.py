"""Request a path and a method that no view handles.

.. testcode::

   client = app.test_client()
   print(client.get("/nothing").status)
   print(client.post("/orders/").status)
   print(client.get("/orders").status)

.. testoutput::

   404 NOT FOUND
   405 METHOD NOT ALLOWED
   308 PERMANENT REDIRECT
"""

from flask import Flask, g

app = Flask(__name__)


@app.before_request
def load_user():
    g.user = "anna"


@app.after_request
def forbid_caching(response):
    response.headers["Cache-Control"] = "no-store"
    return response


@app.teardown_request
def release_lock(exception):
    pass


@app.get("/orders/")
def list_orders():
    return "Orders"
