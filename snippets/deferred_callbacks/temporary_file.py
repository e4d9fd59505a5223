"""Send a temporary file that has no name and needn't be deleted.

.. testcode::

   with app.test_client().get("/orders.csv") as response:
       print(response.text, end="")

.. testoutput::

   1,lamp
   2,desk
"""

from tempfile import TemporaryFile

from flask import Flask, send_file

app = Flask(__name__)


def open_temporary():
    return TemporaryFile()


@app.get("/orders.csv")
def export_orders():
    file = open_temporary()
    file.write(b"1,lamp\n2,desk\n")
    file.seek(0)
    return send_file(file, download_name="orders.csv")
