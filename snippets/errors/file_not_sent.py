"""Read a file from a form that was not sent as one.

.. testcode::

   app.debug = True
   client = app.test_client()
   try:
       client.post("/", data={"photo": "tea.png"})
   except KeyError as error:
       print(str(error).splitlines()[0])

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   You tried to access the file 'photo' in the request.files dictionary
   but it does not exist. The mimetype for the request is
   'application/x-www-form-urlencoded' instead of 'multipart/form-data'
   which means that no file contents were transmitted. To fix this error
   you should provide enctype="multipart/form-data" in your form.
"""

from flask import Flask, request
from markupsafe import escape

app = Flask(__name__)


@app.post("/")
def save_photo():
    return escape(request.files["photo"].filename)
