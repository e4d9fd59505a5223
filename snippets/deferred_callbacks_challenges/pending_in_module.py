"""Keep the callbacks in a module-level list.

.. testcode::

   for name in "anna", "bert":
       response = app.test_client().get(f"/tables/{name}")
       print(response.text, response.headers.getlist("Set-Cookie"))

.. testoutput::

   Welcome, anna ['guest=anna; Path=/']
   Welcome, bert ['guest=anna; Path=/']
"""

from flask import Flask

PENDING = []

app = Flask(__name__)


@app.after_request
def run_pending(response):
    for callback in PENDING:
        response = callback(response)
    return response


@app.get("/tables/<name>")
def reserve(name):
    if name == "anna":

        def remember(response):
            response.set_cookie("guest", name)
            return response

        PENDING.append(remember)
    return f"Welcome, {name}"
