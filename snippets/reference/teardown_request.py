"""Release a lock at the end of each request, even after a crash.

.. testcode::

   client = app.test_client()
   print(client.get("/").text)
   print(client.get("/crash").status)
   print(released)

.. testoutput::

   Shop
   500 INTERNAL SERVER ERROR
   ['NoneType', 'ValueError']
"""

import logging

from flask import Flask

app = Flask(__name__)
app.logger.setLevel(logging.CRITICAL)  # keeps the traceback short
released = []  # for this example: leave it out


@app.teardown_request
def release_lock(exception):
    released.append(type(exception).__name__)


@app.get("/")
def index():
    return "Shop"


@app.get("/crash")
def crash():
    raise ValueError("the view failed")
