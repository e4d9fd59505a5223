"""Send OPTIONS and HEAD to a view for GET.

.. testcode::

   client = app.test_client()
   response = client.options("/")
   print(response.status, sorted(response.allow))
   response = client.head("/")
   print(response.status, response.content_length, response.data)

.. testoutput::

   200 OK ['GET', 'HEAD', 'OPTIONS']
   200 OK 5 b''
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


@app.get("/")
def index():
    return "Hello"
