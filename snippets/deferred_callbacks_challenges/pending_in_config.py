"""Keep the callbacks in the app's settings.

.. testcode::

   for name in "anna", "bert":
       response = app.test_client().get(f"/tables/{name}")
       print(response.text, response.headers.getlist("Set-Cookie"))

.. testoutput::

   Welcome, anna ['guest=anna; Path=/']
   Welcome, bert ['guest=anna; Path=/']
"""

from flask import Flask

app = Flask(__name__)
app.config["PENDING"] = []


@app.after_request
def run_pending(response):
    for callback in app.config["PENDING"]:
        response = callback(response)
    return response


@app.get("/tables/<name>")
def reserve(name):
    if name == "anna":

        def remember(response):
            response.set_cookie("guest", name)
            return response

        app.config["PENDING"].append(remember)
    return f"Welcome, {name}"
