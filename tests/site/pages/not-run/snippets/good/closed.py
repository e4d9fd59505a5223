"""Close the shop before anything else.

.. testcode::

   client = app.test_client()
   print(client.get("/").text)
   print(client.get("/hours").text)

.. testoutput::

   closed
   9 to 5
"""

from flask import Flask, request

app = Flask(__name__)


@app.before_request
def close_shop():
    return None if request.path == "/hours" else "closed"


@app.before_request
def count_visitors():
    return None


@app.get("/")
def index():
    return "Welcome"


@app.get("/hours")
def show_hours():
    return "9 to 5"
