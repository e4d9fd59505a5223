"""Defer a function that deletes the file when the response is closed.

.. testcode::

   with app.test_client().get("/orders.csv") as response:
       print(response.text)

.. testoutput::

   1,lamp
   2,desk
   deleted
"""

from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import Flask, after_this_request, send_file

app = Flask(__name__)


def write_orders():
    with NamedTemporaryFile("w", delete=False, newline="\n") as file:
        file.write("1,lamp\n2,desk")
    path = Path(file.name)

    @after_this_request
    def delete_when_closed(response):
        response.direct_passthrough = False

        @response.call_on_close
        def delete_file():
            path.unlink()
            print("deleted")

        return response

    return path


@app.get("/orders.csv")
def export_orders():
    return send_file(write_orders(), download_name="orders.csv")
