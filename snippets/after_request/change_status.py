"""Change the status of a response.

.. testcode::

   client = app.test_client()
   for response in client.get("/notes/1"), client.delete("/notes/1"):
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


@app.get("/notes/<int:number>")
def show_note(number):
    return "Buy milk"


@app.delete("/notes/<int:number>")
def delete_note(number):
    return ""
