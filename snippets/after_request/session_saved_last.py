"""Look for the session cookie in a hook: it is not there yet.

.. testcode::

   response = app.test_client().post("/basket/apples")
   print(response.headers["X-Cookies-Seen"])
   print(len(response.headers.getlist("Set-Cookie")))
   print(response.text)

.. testoutput::

   0
   1
   Basket: apples
"""

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "only for this example"


@app.after_request
def count_cookies(response):
    cookies = response.headers.getlist("Set-Cookie")
    response.headers["X-Cookies-Seen"] = len(cookies)
    return response


@app.post("/basket/<item>")
def fill_basket(item):
    session["item"] = item
    return f"Basket: {item}"
