"""Register the hook that closes the doors last.

.. testcode::

   response = app.test_client().get("/flights/7")
   print(response.text)

.. testoutput::

   Boarding flight 7
"""

from flask import Flask

app = Flask(__name__)


@app.before_request
def check_passport():
    return None


@app.before_request
def search_bags():
    return None


@app.after_request
def push_back(response):
    return response


@app.after_request
def close_doors(response):
    return response


@app.get("/flights/<int:number>")
def board(number):
    return f"Boarding flight {number}"
