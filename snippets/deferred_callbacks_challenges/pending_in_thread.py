"""Keep a list of callbacks for each thread.

.. testcode::

   for name in "anna", "bert":
       response = app.test_client().get(f"/tables/{name}")
       print(response.text, response.headers.getlist("Set-Cookie"))

.. testoutput::

   Welcome, anna ['guest=anna; Path=/']
   Welcome, bert ['guest=anna; Path=/']
"""

from threading import local

from flask import Flask

LOCAL = local()  # [local]

app = Flask(__name__)


@app.after_request
def run_pending(response):
    for callback in getattr(LOCAL, "pending", []):
        response = callback(response)
    return response


@app.get("/tables/<name>")
def reserve(name):
    if name == "anna":

        def remember(response):
            response.set_cookie("guest", name)
            return response

        LOCAL.pending = [*getattr(LOCAL, "pending", []), remember]
    return f"Welcome, {name}"
