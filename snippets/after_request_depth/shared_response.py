"""Return one response object for every request.

.. testcode::

   client = app.test_client()
   for _ in range(3):
       response = client.get("/robots.txt")
       print(response.headers.getlist("X-Served-By"))

.. testoutput::

   ['library']
   ['library', 'library']
   ['library', 'library', 'library']
"""

from flask import Flask, Response

app = Flask(__name__)
rules = Response("User-agent: *", mimetype="text/plain")


@app.after_request
def name_server(response):
    response.headers.add("X-Served-By", "library")
    return response


@app.get("/robots.txt")
def robots():
    return rules
