"""Follow a redirect to another host in a test.

.. testcode::

   client = app.test_client()
   try:
       client.get("/", follow_redirects=True)
   except RuntimeError as error:
       print(error)
   print(client.get("/").location)
   print(client.get("/", base_url="https://shop.example").text)

.. testoutput::

   Following external redirects is not supported.
   https://shop.example/
   Shop
"""

from flask import Flask, redirect, request

app = Flask(__name__)


@app.before_request
def redirect_to_host():
    if request.host != "shop.example":
        return redirect("https://shop.example/", code=308)


@app.get("/")
def index():
    return "Shop"
