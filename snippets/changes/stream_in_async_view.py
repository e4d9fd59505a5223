"""Stream with a context from an async view.

Up to Flask 3.1.1 the request fails: the context belongs to the event
loop of the view. Since 3.1.2 it works. A generator that needs no
context works everywhere.

.. testcode::

   client = app.test_client()
   for path in "/?name=anna", "/plain?name=anna":
       try:
           print(client.get(path).text)
       except ValueError as error:
           reason = str(error).rpartition("> ")[2]
           print(f"ValueError: <Token ...> {reason}")

Before Flask 3.1.2:

.. testoutput::
   :skipif: RELEASE >= (3, 1, 2)

   ValueError: <Token ...> was created in a different Context
   Hello, anna

Since Flask 3.1.2:

.. testoutput::
   :skipif: RELEASE < (3, 1, 2)

   Hello, anna
   Hello, anna
"""

import re
from importlib.metadata import version

from flask import Flask, Response, request, stream_with_context

RELEASE = tuple(map(int, re.findall(r"\d+", version("flask"))[:3]))

app = Flask(__name__)


@app.get("/")
async def greet():
    @stream_with_context
    def generate():
        yield "Hello, "
        yield request.args["name"]

    return Response(generate(), mimetype="text/plain")


@app.get("/plain")
async def greet_without_context():
    def generate(name):
        yield "Hello, "
        yield name

    rows = generate(request.args["name"])
    return Response(rows, mimetype="text/plain")
