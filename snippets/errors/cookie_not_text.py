"""Set a cookie to a number.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except TypeError as error:
       print(type(error).__name__)
   print(client.get("/fixed").headers["Set-Cookie"])

.. testoutput::

   TypeError
   visits=5; Secure; HttpOnly; Path=/; SameSite=Lax
"""

from flask import Flask, make_response

app = Flask(__name__)
app.testing = True
SAFE = {"secure": True, "httponly": True, "samesite": "Lax"}


@app.get("/")
def index():
    response = make_response("Hello")
    response.set_cookie("visits", 5, **SAFE)
    return response


@app.get("/fixed")
def index_fixed():
    response = make_response("Hello")
    response.set_cookie("visits", str(5), **SAFE)
    return response
