"""Read the body of a file that is sent.

.. testcode::

   client = app.test_client()
   for hook in add_length, add_length_fixed:
       app.after_request_funcs[None] = [hook]
       try:
           print(client.get("/").text)
       except RuntimeError as error:
           print(f"RuntimeError: {error}")

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   RuntimeError: Attempted implicit sequence conversion but the response
   object is in direct passthrough mode.
   tea
"""

import io

from flask import Flask, send_file

app = Flask(__name__)
app.testing = True


@app.after_request
def add_length(response):
    response.headers["X-Length"] = len(response.get_data())
    return response


def add_length_fixed(response):
    if not response.is_streamed:  # a file or a stream
        response.headers["X-Length"] = len(response.get_data())
    return response


@app.get("/")
def send_report():
    return send_file(io.BytesIO(b"tea"), mimetype="text/csv")
