"""Register the hook after the callback.

.. testcode::

   for path in "/tunnels", "/bridges":
       try:
           response = app.test_client().get(path)
           print(response.text, response.headers.get("X-Engine"))
       except AttributeError as error:
           print(error)

.. testoutput::

   Two tunnels steam
   'NoneType' object has no attribute 'headers'
"""

from flask import Flask, after_this_request, request

app = Flask(__name__)
app.testing = True


@app.before_request
def mark_tunnels():
    @after_this_request
    def warn_of_dark(response):
        if request.path == "/tunnels":
            response.headers["X-Lights"] = "on"
            return response


@app.after_request
def name_engine(response):
    response.headers["X-Engine"] = "steam"
    return response


@app.get("/tunnels")
def tunnels():
    return "Two tunnels"


@app.get("/bridges")
def bridges():
    return "Five bridges"
