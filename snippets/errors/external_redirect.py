"""Follow a redirect of a hook in a test.

The hook sends every request to one host; a test asks for localhost.

.. testcode::

   client = app.test_client()
   try:
       client.get("/", follow_redirects=True)
   except RuntimeError as error:
       print(f"RuntimeError: {error}")

   print(client.get("/").location)
   print(client.get("/", base_url="https://shop.example").text)

.. testoutput::

   RuntimeError: Following external redirects is not supported.
   https://shop.example/
   Tea
"""

from flask import Flask, redirect, request

app = Flask(__name__)


@app.before_request
def redirect_to_host():
    if request.host != "shop.example":
        return redirect("https://shop.example/", 308)


@app.get("/")
def index():
    return "Tea"
