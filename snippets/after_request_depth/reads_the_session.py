"""Read the session in a hook, and every page varies by cookie.

.. testcode::

   client = app.test_client()
   for path in "/products", "/about":
       print(path, client.get(path).headers.get("Vary"))

.. testoutput::

   in the hook: None
   /products Cookie
   in the hook: None
   /about None
"""

from flask import Flask, request, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.after_request
def greet_user(response):
    if request.endpoint != "show_about" and session.get("user"):
        response.headers["X-User"] = "yes"
    print("in the hook:", response.headers.get("Vary"))
    return response


@app.get("/products")
def list_products():
    return "Teapot, 24.00"


@app.get("/about")
def show_about():
    return "A tea shop"
