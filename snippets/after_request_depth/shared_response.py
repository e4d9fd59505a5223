"""Return one response object for every request.

.. testcode::

   client = app.test_client()
   for _ in range(3):
       response = client.get("/robots.txt")
       print(response.headers.getlist("X-Served-By"))

.. testoutput::

   ['shop']
   ['shop', 'shop']
   ['shop', 'shop', 'shop']
"""

from flask import Flask, Response

app = Flask(__name__)
rules = Response("User-agent: *", mimetype="text/plain")


@app.after_request
def name_shop(response):
    response.headers.add("X-Served-By", "shop")
    return response


@app.get("/robots.txt")
def show_robots():
    return rules
