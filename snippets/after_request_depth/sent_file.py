"""Tell a text, a stream and a sent file apart in a hook.

.. testcode::

   client = app.test_client()
   for path in "/text", "/stream", "/file":
       response = client.get(path)
       print(path, response.data)
       response.close()

.. testoutput::

   text streamed False direct False
   /text b'Rain'
   text ended
   stream streamed True direct False
   /stream b'Rain, sun'
   stream ended
   file streamed True direct True
   Attempted implicit sequence conversion but the response object
   is in direct passthrough mode.
   /file b'Snow'
"""

import io
import textwrap

from flask import Flask, request, send_file

app = Flask(__name__)


@app.after_request
def look(response):
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
    return "Rain"


@app.get("/stream")
def stream():
    return iter(["Rain", ", sun"])


@app.get("/file")
def file():
    return send_file(io.BytesIO(b"Snow"), "text/plain")
