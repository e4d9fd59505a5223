"""Call an async view where asgiref is not installed.

.. testcode::

   import sys
   from unittest import mock

   client = app.test_client()
   with mock.patch.dict(sys.modules, {"asgiref.sync": None}):
       try:
           client.get("/")
       except RuntimeError as error:
           print(f"RuntimeError: {error}")
   print(client.get("/").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   RuntimeError: Install Flask with the 'async' extra in order to use
   async views.
   Hello
"""

from flask import Flask

app = Flask(__name__)
app.testing = True


@app.get("/")
async def index():
    return "Hello"
