"""Stream with a context, and see when the teardown functions run.

Up to Flask 3.1.1 they run once, at the end of the stream. From 3.1.2 on
the stream pushes the contexts a second time, so they run before the
body and once more after it. In 3.2 they run once, at the end.

.. testcode::

   client = app.test_client()
   print(client.get("/on-g").text)
   print(client.get("/own").text)

Before Flask 3.1.2, and since 3.2:

.. testoutput::
   :skipif: TWICE

   open the file on g
   read the file on g
   teardown
   close the file on g
   page
   open a file in the generator
   close the file in the generator
   teardown
   page

Flask 3.1.2 and 3.1.3:

.. testoutput::
   :skipif: not TWICE

   open the file on g
   teardown
   close the file on g
   no file on g
   teardown
   page
   teardown
   open a file in the generator
   close the file in the generator
   teardown
   page
"""

import re
from importlib.metadata import version

from flask import Flask, g, stream_with_context

RELEASE = tuple(map(int, re.findall(r"\d+", version("flask"))[:3]))
TWICE = (3, 1, 2) <= RELEASE < (3, 2)

app = Flask(__name__)


@app.teardown_request
def close_file(exception):
    print("teardown")
    if g.pop("file", None):
        print("close the file on g")


@app.get("/on-g")
def stream_from_g():
    print("open the file on g")
    g.file = "report.txt"

    @stream_with_context
    def generate():
        if "file" in g:
            print("read the file on g")
        else:
            print("no file on g")
        yield "page"

    return generate()


@app.get("/own")
def stream_own():
    @stream_with_context
    def generate():
        print("open a file in the generator")
        try:
            yield "page"
        finally:
            print("close the file in the generator")

    return generate()
