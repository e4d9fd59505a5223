"""Request a page with another host name from an app with SERVER_NAME.

Before Flask 3.1 the app returns a 404, and Werkzeug warns. Since 3.1
SERVER_NAME restricts nothing. A before_request function that looks at
the host does, on every version.

.. testcode::

   import warnings

   with warnings.catch_warnings(record=True) as caught:
       warnings.simplefilter("always")
       for path in "/", "/guarded":
           response = client.get(path, base_url="http://evil.example")
           print(path, response.status)
   for message in sorted({str(warning.message) for warning in caught}):
       print(message)

Before Flask 3.1:

.. testoutput::
   :skipif: FLASK >= (3, 1)
   :options: +NORMALIZE_WHITESPACE

   / 404 NOT FOUND
   /guarded 400 BAD REQUEST
   Current server name 'evil.example' doesn't match configured server
   name 'shop.example'

Since Flask 3.1:

.. testoutput::
   :skipif: FLASK < (3, 1)

   / 200 OK
   /guarded 400 BAD REQUEST
"""

from importlib.metadata import version

from flask import Flask, abort, request

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)
app.config["SERVER_NAME"] = "shop.example"
client = app.test_client()


@app.before_request
def check_host():
    if request.path == "/guarded" and request.host != "shop.example":
        abort(400)


@app.get("/")
@app.get("/guarded")
def page():
    return "ok"
