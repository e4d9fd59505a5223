"""Read the body of a request in a hook and leave it for the view.

.. testcode::

   client = app.test_client()
   print(client.post("/orders", json={"tea": 1}).json)

.. testoutput::

   {'tea': 1}
"""

import hashlib

from flask import Flask, g, request

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1000  # the hook reads all of it


@app.before_request
def hash_body():
    g.digest = hashlib.sha256(request.get_data()).hexdigest()


@app.post("/orders")
def add_order():
    return request.get_json()
