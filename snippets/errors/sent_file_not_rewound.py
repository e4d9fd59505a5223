"""Send a file from memory without going back to its start.

.. testcode::

   client = app.test_client()
   response = client.get("/orders.csv")
   print(response.headers["Content-Length"], response.data)
   print(client.get("/fixed.csv").data)

.. testoutput::

   6 b''
   b'1,lamp'
"""

import io

from flask import Flask, send_file

app = Flask(__name__)


def write_orders():
    file = io.BytesIO()
    file.write(b"1,lamp")
    return file


@app.get("/orders.csv")
def export_orders():
    return send_file(write_orders(), mimetype="text/csv")


@app.get("/fixed.csv")
def export_orders_fixed():
    file = write_orders()
    file.seek(0)
    return send_file(file, mimetype="text/csv")
