"""Change the status of a response.

.. testcode::

   client = app.test_client()
   for response in client.get("/note"), client.delete("/note"):
       print(response.status, repr(response.text))

.. testoutput::

   200 OK 'Buy milk'
   204 NO CONTENT ''
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def mark_empty(response):
    if response.status_code == 200 and not response.get_data():
        response.status_code = 204
    return response


@app.get("/note")
def show_note():
    return "Buy milk"


@app.delete("/note")
def delete_note():
    return ""
