"""Forget the return of an after_request function, with a session.

.. testcode::

   client = app.test_client()
   for path in "/cart", "/login", "/":
       try:
           print(path, client.get(path).status_code)
       except AttributeError as error:
           print(f"AttributeError: {error}")

.. testoutput::

   AttributeError: 'NoneType' object has no attribute 'vary'
   /login 200
   AttributeError: 'NoneType' object has no attribute 'set_cookie'
"""

from flask import Flask, request, session

app = Flask(__name__)
app.testing = True
app.secret_key = "change me: read it from the environment"


@app.after_request
def name_shop(response):
    response.headers["X-Shop"] = "corner"
    if request.path == "/login":
        return response


@app.get("/cart")
def show_cart():
    return f"{len(session.get('cart', []))} products"


@app.get("/login")
def log_in():
    session["user"] = "ada"
    session.permanent = True
    return "Hello"


@app.get("/")
def index():
    return "Welcome"  # Flask renews the permanent session
