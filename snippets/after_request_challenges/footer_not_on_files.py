"""Add a footer to everything except files.

.. testcode::

   client = app.test_client()
   for path in "/", "/trail.txt":
       try:
           response = client.get(path)
           print(response.status_code, response.text[:4])
           response.close()
       except RuntimeError:
           print("RuntimeError")

.. testoutput::

   200 Trai
   200 Left
"""

from io import BytesIO

from flask import Flask, send_file

app = Flask(__name__)


@app.after_request
def add_footer(response):
    if not response.direct_passthrough:
        body = response.get_data()
        response.set_data(body + b" (c) Hikers")
    return response


@app.get("/")
def index():
    return "Trails of the valley"


@app.get("/trail.txt")
def trail():
    stream = BytesIO(b"Left at the oak")
    return send_file(stream, mimetype="text/plain")
