"""Limit the size of one request, in a before_request function.

Before Flask 3.1 max_content_length cannot be assigned: the limit is a
setting of the app. Since 3.1 it can. Comparing content_length works on
every version, for clients that announce it.

.. testcode::

   app.testing = True  # lets the AttributeError out
   client = app.test_client()
   for path in "/limit", "/compare":
       try:
           print(path, client.post(path, data=b"x" * 20).status)
       except AttributeError:
           print(path, "AttributeError")

Before Flask 3.1:

.. testoutput::
   :skipif: FLASK >= (3, 1)

   /limit AttributeError
   /compare 413 REQUEST ENTITY TOO LARGE

Since Flask 3.1:

.. testoutput::
   :skipif: FLASK < (3, 1)

   /limit 413 REQUEST ENTITY TOO LARGE
   /compare 413 REQUEST ENTITY TOO LARGE
"""

from importlib.metadata import version

from flask import Flask, abort, request

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)


@app.before_request
def limit_size():
    if request.path == "/limit":
        request.max_content_length = 10
    elif (request.content_length or 0) > 10:
        abort(413)


@app.post("/limit")
@app.post("/compare")
def upload():
    return f"{len(request.get_data())} bytes"
