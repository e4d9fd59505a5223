"""Send a file under a name of its own, and let it be kept for a minute.

Flask 2.0 renamed three arguments of send_file, and 2.2 removed the old
names.

.. testcode::

   client = app.test_client()
   print(client.get("/old").text)
   response = client.get("/orders.csv")
   print(response.headers["Content-Disposition"])
   print(response.headers["Cache-Control"])

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   TypeError: send_file() got an unexpected keyword argument
    'attachment_filename'
   attachment; filename=orders.csv
   max-age=60, private
"""

from io import BytesIO

from flask import Flask, send_file

app = Flask(__name__)


@app.get("/old")
def send_with_old_name():
    try:
        return send_file(BytesIO(), attachment_filename="orders.csv")
    except TypeError as error:
        return f"TypeError: {error}"


@app.get("/orders.csv")
def send_orders():
    response = send_file(
        BytesIO(b"tea,2"),
        download_name="orders.csv",  # was attachment_filename
        as_attachment=True,
        max_age=60,  # was cache_timeout
        etag=False,  # was add_etags
    )
    response.cache_control.public = False
    response.cache_control.private = True
    return response
