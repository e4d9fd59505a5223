"""Add an ETag to pages that are in memory.

.. testcode::

   client = app.test_client()
   etag = client.get("/").headers["ETag"]
   print(client.get("/", headers={"If-None-Match": etag}).status)

.. testoutput::

   304 NOT MODIFIED
"""

from flask import Flask, request

app = Flask(__name__)


@app.after_request
def add_etag(response):
    if response.status_code == 200 and not response.is_streamed:
        response.add_etag()
        response.make_conditional(request)
    return response


@app.get("/")
def index():
    return "Tea"
