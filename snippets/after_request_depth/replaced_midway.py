"""Replace the response between two other hooks.

.. testcode::

   response = app.test_client().get("/orders/12")
   print(response.status, response.text)
   for name in "X-Version", "X-Wrapped", "X-Shop":
       print(name, response.headers.get(name))
   print(response.headers["Set-Cookie"].split("=")[0])

.. testoutput::

   200 OK [Order 12]
   X-Version None
   X-Wrapped yes
   X-Shop yes
   session
"""

from flask import Flask, make_response, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.after_request
def name_shop(response):
    response.headers["X-Shop"] = "yes"
    return response


@app.after_request
def wrap_page(response):
    wrapped = make_response(f"[{response.get_data(as_text=True)}]")
    wrapped.headers["X-Wrapped"] = "yes"
    return wrapped


@app.after_request
def add_version(response):
    response.headers["X-Version"] = "yes"
    return response


@app.get("/orders/<int:number>")
def show_order(number):
    session["order"] = number
    return f"Order {number}", 201
