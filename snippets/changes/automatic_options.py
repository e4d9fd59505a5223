"""Turn off automatic OPTIONS responses, and turn them on for one view.

Before Flask 3.1 the setting is unknown, and Flask responds. In 3.1 it
turns the answers off, for good. Since 3.2 a view can turn its own on.
An answer from before_request is the same on every version.

.. testcode::

   client = app.test_client()
   for path in "/", "/on", "/hook":
       print(path, client.options(path).status)

Before Flask 3.1:

.. testoutput::
   :skipif: FLASK >= (3, 1)

   / 200 OK
   /on 405 METHOD NOT ALLOWED
   /hook 204 NO CONTENT

Flask 3.1:

.. testoutput::
   :skipif: FLASK < (3, 1) or FLASK >= (3, 2)

   / 405 METHOD NOT ALLOWED
   /on 405 METHOD NOT ALLOWED
   /hook 204 NO CONTENT

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)

   / 405 METHOD NOT ALLOWED
   /on 200 OK
   /hook 204 NO CONTENT
"""

from importlib.metadata import version

from flask import Flask, request

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)
app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False


@app.before_request
def answer_options():
    if request.method == "OPTIONS" and request.path == "/hook":
        return "", 204


@app.get("/")
@app.get("/hook")
def page():
    return "ok"


@app.get("/on", provide_automatic_options=True)
def page_with_options():
    return "ok"
