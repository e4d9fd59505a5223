"""Leave the callbacks to Flask.

.. testcode::

   for name in "anna", "bert":
       response = app.test_client().get(f"/tables/{name}")
       print(response.text, response.headers.getlist("Set-Cookie"))

.. testoutput::

   Welcome, anna ['guest=anna; Path=/']
   Welcome, bert []
"""

from flask import Flask, after_this_request

app = Flask(__name__)


@app.get("/tables/<name>")
def reserve(name):
    if name == "anna":

        @after_this_request
        def remember(response):
            response.set_cookie("guest", name)
            return response

    return f"Welcome, {name}"
