"""Read JSON that the client didn't send as JSON.

.. testcode::

   client = app.test_client()
   print(client.get("/").text)
   print(client.post("/orders", json={"tea": 1}).text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   Did not attempt to load JSON data because the request
   Content-Type was not 'application/json'.
   1
"""

from flask import Flask, request
from werkzeug.exceptions import HTTPException

app = Flask(__name__)
app.debug = True  # otherwise older versions name no reason


@app.before_request
def count_tea():
    if request.path == "/":
        request.get_json()  # better: get_json(silent=True)


@app.errorhandler(HTTPException)
def tell(error):
    return error.description, error.code


@app.get("/")
def index():
    return "Shop"


@app.post("/orders")
def add_order():
    return str(request.get_json()["tea"])
