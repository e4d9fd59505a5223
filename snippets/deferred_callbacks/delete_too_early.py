"""Delete a file before its first line is read.

.. testcode::

   try:
       print(app.test_client().get("/readings").text)
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


def write_readings():
    with NamedTemporaryFile("w", delete=False) as file:
        file.write("Monday,12\nTuesday,9")
    return Path(file.name)


@app.get("/readings")
def download():
    path = write_readings()

    @after_this_request
    def delete_readings(response):
        path.unlink()
        print("deleted")
        return response

    def produce():
        print("opening the file")
        with path.open() as lines:
            yield from lines

    return produce()
