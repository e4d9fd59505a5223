"""Delete a file before its first line is read.

.. testcode::

   try:
       print(app.test_client().get("/orders.csv").text)
   except FileNotFoundError as error:
       print(type(error).__name__)

.. testoutput::

   deleted
   opening the file
   FileNotFoundError
"""

from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import Flask, after_this_request

app = Flask(__name__)


def write_orders():
    with NamedTemporaryFile("w", delete=False) as file:
        file.write("1,lamp\n2,desk")
    return Path(file.name)


@app.get("/orders.csv")
def export_orders():
    path = write_orders()

    @after_this_request
    def delete_file(response):
        path.unlink()
        print("deleted")
        return response

    def produce():
        print("opening the file")
        with path.open() as lines:
            yield from lines

    return produce()
