"""Add a CORS header where there is one, and the browser refuses both.

.. testcode::

   client = app.test_client()
   for path in "/added", "/set":
       response = client.options(path)
       allowed = response.headers.getlist(NAME)
       print(path, len(allowed))

.. testoutput::

   /added 2
   /set 1
"""

from flask import Flask, request

app = Flask(__name__)
NAME = "Access-Control-Allow-Origin"
SHOP = "https://shop.example"


@app.before_request
def respond_to_preflight():
    if request.method == "OPTIONS":
        return "", 204, {NAME: SHOP}


@app.after_request
def add_cors_headers(response):
    if request.path == "/added":
        response.headers.add(NAME, SHOP)
    else:
        response.headers.set(NAME, SHOP)
    return response
