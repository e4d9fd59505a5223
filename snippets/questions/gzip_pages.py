"""Compress HTML for clients that accept gzip.

.. testcode::

   client = app.test_client()
   for accepted in "gzip, br", "gzip;q=0", "":
       headers = {"Accept-Encoding": accepted}
       response = client.get("/", headers=headers)
       print(response.content_encoding, response.headers["Vary"])
       print(int(response.headers["Content-Length"]) < 1000)

.. testoutput::

   gzip Accept-Encoding
   True
   None Accept-Encoding
   False
   None Accept-Encoding
   False
"""

import gzip

from flask import Flask, request

app = Flask(__name__)


@app.after_request
def compress(response):
    if response.is_streamed or response.mimetype != "text/html":
        return response
    response.vary.add("Accept-Encoding")
    is_changed = response.content_encoding or response.get_etag()[0]
    if request.accept_encodings["gzip"] > 0 and not is_changed:
        # With a fixed time the same page is the same bytes.
        packed = gzip.compress(response.get_data(), mtime=1)
        response.set_data(packed)
        response.content_encoding = "gzip"
    return response


@app.get("/")
def index():
    return "<p>Tea</p>" * 100
