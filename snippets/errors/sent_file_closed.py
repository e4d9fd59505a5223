"""Send a file that is closed before the server reads it.

.. testcode::

   client = app.test_client()
   try:
       client.get("/price-list")
   except ValueError as error:
       print(error)
   print(client.get("/fixed").text)

.. testoutput::

   I/O operation on closed file.
   tea: 2 EUR
"""

import io

from flask import Flask, send_file

app = Flask(__name__)
app.testing = True


@app.get("/price-list")
def price_list():
    with io.BytesIO(b"tea: 2 EUR") as file:
        return send_file(file, mimetype="text/plain")


@app.get("/fixed")
def fixed():
    return send_file(io.BytesIO(b"tea: 2 EUR"), mimetype="text/plain")
