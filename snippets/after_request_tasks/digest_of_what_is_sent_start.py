"""Compute a digest of something that isn't sent.

.. testcode::

   client = app.test_client()
   for path in "/birds/wren", "/birds/dodo":
       response = client.get(path)
       lines = response.text.splitlines()
       digest = sha256(response.data).hexdigest()
       print(lines[0], "|", response.text.count(lines[-1]), lines[-1])
       print("same:", response.headers["X-Digest"] == digest)

.. testoutput::

   Small and loud | 1 Licence: CC0
   same: False
   No such bird | 1 Licence: CC0
   same: False
"""

from hashlib import sha256

from flask import Flask, abort

BIRDS = {"wren": "Small and loud"}

app = Flask(__name__)


@app.after_request
def add_licence(response):
    if response.is_streamed:
        return response
    text = response.get_data(as_text=True)
    response.set_data(f"{text}\nLicence: CC0")
    return response


@app.after_request
def add_digest(response):
    if response.is_streamed:
        return response
    digest = sha256(response.get_data()).hexdigest()
    response.headers["X-Digest"] = digest
    return response


@app.get("/birds/<name>")
def show_bird(name):
    if name not in BIRDS:
        abort(404)
    return BIRDS[name]


@app.errorhandler(404)
def not_found(error):
    return "No such bird", 404
