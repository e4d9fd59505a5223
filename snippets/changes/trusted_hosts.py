"""List the trusted hosts, and send a request with another host.

Before Flask 3.1 the setting is unknown, and the view runs. Since 3.1
the request fails while it is routed: before_request functions still
run, and one that reads request.host must expect that.

.. testcode::

   response = app.test_client().get("/", base_url="http://evil.example")
   print(response.status)

Before Flask 3.1:

.. testoutput::
   :skipif: FLASK >= (3, 1)

   before_request: no routing error
   view
   after_request: 200
   200 OK

Since Flask 3.1:

.. testoutput::
   :skipif: FLASK < (3, 1)

   before_request: SecurityError
   after_request: 400
   400 BAD REQUEST
"""

from importlib.metadata import version

from flask import Flask, request

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)
app.config["TRUSTED_HOSTS"] = ["shop.example"]


@app.before_request
def note_error():
    error = request.routing_exception
    kind = type(error).__name__ if error else "no routing error"
    print("before_request:", kind)


@app.after_request
def note_status(response):
    print("after_request:", response.status_code)
    return response


@app.get("/")
def page():
    print("view")
    return "ok"
