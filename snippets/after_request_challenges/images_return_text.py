"""Return an empty string for everything except images.

.. testcode::

   client = app.test_client()
   for path in "/logo.svg", "/":
       try:
           response = client.get(path)
           print(path, response.headers.get("Cache-Control"))
       except TypeError as error:
           print(path, error)

.. testoutput::

   /logo.svg public
   / 'str' object is not callable
"""

from flask import Flask, Response

LOGO = "<svg xmlns='http://www.w3.org/2000/svg'/>"

app = Flask(__name__)


@app.after_request
def keep_images(response):
    if response.mimetype == "image/svg+xml":
        response.headers["Cache-Control"] = "public"
        return response
    return ""


@app.get("/")
def index():
    return "Welcome to the bakery"


@app.get("/logo.svg")
def logo():
    return Response(LOGO, mimetype="image/svg+xml")
