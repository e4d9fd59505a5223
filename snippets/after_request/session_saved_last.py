"""Look for the session cookie in a hook, where it doesn't exist yet.

.. testcode::

   response = app.test_client().post("/cart/teapot")
   print(response.headers["X-Cookies-Seen"])
   print(len(response.headers.getlist("Set-Cookie")))
   print(response.text)

.. testoutput::

   0
   1
   Cart: teapot
"""

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.after_request
def count_cookies(response):
    cookies = response.headers.getlist("Set-Cookie")
    response.headers["X-Cookies-Seen"] = len(cookies)
    return response


@app.post("/cart/<item>")
def add_to_cart(item):
    session["item"] = item
    return f"Cart: {item}"
