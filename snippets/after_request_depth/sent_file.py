"""Tell a text, a stream and a sent file apart in a hook.

.. testcode::

   client = app.test_client()
   for method, path in requests:
       response = client.open(path, method=method)
       print(method, path, response.data)
       response.close()

.. testoutput::

   text streamed False direct False
   GET /text b'Tea'
   text ended
   stream streamed True direct False
   GET /stream b'Tea, cocoa'
   stream ended
   file streamed True direct True
   Attempted implicit sequence conversion but the response object
   is in direct passthrough mode.
   GET /file b'Coffee'
   file streamed True direct True
   Attempted implicit sequence conversion but the response object
   is in direct passthrough mode.
   HEAD /file b''
   file ended
"""

import io
import textwrap

from flask import Flask, request, send_file

app = Flask(__name__)
requests = [
    ("GET", "/text"),
    ("GET", "/stream"),
    ("GET", "/file"),
    ("HEAD", "/file"),
]


@app.after_request
def describe_body(response):
    name = request.endpoint
    streamed, direct = response.is_streamed, response.direct_passthrough
    print(name, "streamed", streamed, "direct", direct)
    if direct:
        try:
            response.get_data()
        except RuntimeError as error:
            print(textwrap.fill(str(error), 64))
    response.call_on_close(lambda: print(name, "ended"))
    return response


@app.get("/text")
def text():
    return "Tea"


@app.get("/stream")
def stream():
    return iter(["Tea", ", cocoa"])


@app.get("/file")
def file():
    return send_file(io.BytesIO(b"Coffee"), "text/plain")
