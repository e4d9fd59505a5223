"""Call an async function without asgiref, which flask[async] installs.

.. testcode::

   import sys
   from unittest.mock import patch

   missing = {"asgiref": None, "asgiref.sync": None}
   with patch.dict(sys.modules, missing):
       try:
           app.test_client().get("/")
       except RuntimeError as error:
           print(error)

.. testoutput::

   Install Flask with the 'async' extra in order to use async views.
"""

from flask import Flask

app = Flask(__name__)
app.testing = True


@app.after_request
async def add_security_headers(response):
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@app.get("/")
def index():
    return "Tea and teapots"
