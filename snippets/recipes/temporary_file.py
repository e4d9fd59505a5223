"""Send a file that exists for one response only.

.. testcode::

   with app.test_client().get("/report") as response:
       print(response.headers["Content-Disposition"])
       print(response.text.strip())

.. testoutput::

   attachment; filename=report.csv
   product,price
   tea,3
"""

import tempfile

from flask import Flask, send_file

app = Flask(__name__)


@app.get("/report")
def send_report():
    report = tempfile.TemporaryFile()
    report.write(b"product,price\ntea,3\n")
    report.seek(0)
    return send_file(
        report,
        mimetype="text/csv",
        as_attachment=True,
        download_name="report.csv",
    )
