"""Defer a function that deletes the file when the response is closed.

.. testcode::

   with app.test_client().get("/readings") as response:
       print(response.text)

.. testoutput::

   Monday,12
   Tuesday,9
   deleted
"""

from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import Flask, after_this_request, send_file

app = Flask(__name__)


def write_readings():
    with NamedTemporaryFile("w", delete=False, newline="\n") as file:
        file.write("Monday,12\nTuesday,9")
    path = Path(file.name)

    @after_this_request
    def delete_when_closed(response):
        response.direct_passthrough = False

        @response.call_on_close
        def delete_readings():
            path.unlink()
            print("deleted")

        return response

    return path


@app.get("/readings")
def download():
    return send_file(write_readings(), download_name="depths.csv")
