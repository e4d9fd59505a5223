"""Read the body of a file that is sent.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except RuntimeError as error:
       print(f"RuntimeError: {error}")
   print(client.get("/fixed").text)

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
    if response.direct_passthrough and response.status_code == 200:
        return response
    response.headers["X-Length"] = len(response.get_data())
    return response


@app.get("/")
def send_report():
    response = send_file(io.BytesIO(b"tea"), mimetype="text/csv")
    response.get_data()
    return response


@app.get("/fixed")
def fixed():
    return send_file(io.BytesIO(b"tea"), mimetype="text/csv")
