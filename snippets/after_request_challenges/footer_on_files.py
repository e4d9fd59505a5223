"""Add a footer to everything, even files.

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
   500 <!do
"""

from io import BytesIO

from flask import Flask, send_file

app = Flask(__name__)


@app.after_request
def add_footer(response):
    response.set_data(response.get_data() + b" (c) Hikers")
    return response


@app.get("/")
def index():
    return "Trails of the valley"


@app.get("/trail.txt")
def trail():
    stream = BytesIO(b"Left at the oak")
    return send_file(stream, mimetype="text/plain")
