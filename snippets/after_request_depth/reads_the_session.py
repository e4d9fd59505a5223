"""Read the session in a hook, and every page varies by cookie.

.. testcode::

   client = app.test_client()
   for path in "/prices", "/opening-hours":
       print(path, client.get(path).headers.get("Vary"))

.. testoutput::

   in the hook: None
   /prices Cookie
   in the hook: None
   /opening-hours None
"""

from flask import Flask, request, session

app = Flask(__name__)
app.secret_key = "only for this example"


@app.after_request
def greet_member(response):
    if request.endpoint != "show_hours" and session.get("member"):
        response.headers["X-Member"] = "yes"
    print("in the hook:", response.headers.get("Vary"))
    return response


@app.get("/prices")
def show_prices():
    return "Bread 2.80"


@app.get("/opening-hours")
def show_hours():
    return "7 to 18"
