"""Log the bodies of responses, but no streams and no files.

.. testcode::

   client = app.test_client()
   for path in "/", "/stream":
       client.get(path)

.. testoutput::

   '/' b'{"tea":2}\\n'
"""

from flask import Flask, request

app = Flask(__name__)


@app.after_request
def log_body(response):
    if response.is_streamed or response.direct_passthrough:
        return response
    body = response.get_data()[:200]
    print(f"{request.path!r} {body!r}")
    return response


@app.get("/")
def show_stock():
    return {"tea": 2}


@app.get("/stream")
def stream_stock():
    return iter(["tea", "2"])
