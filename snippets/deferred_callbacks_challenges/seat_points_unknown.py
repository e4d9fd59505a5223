"""Show points that aren't there.

.. testcode::

   response = app.test_client().post("/seats/12")
   print(response.status_code)

.. testoutput::

   500
"""

from flask import Flask, after_this_request

POINTS = {"anna": 10}

app = Flask(__name__)


@app.after_request
def add_version(response):
    return response


@app.post("/seats/<int:number>")
def buy(number):
    @after_this_request
    def book_seat(response):
        return response

    @after_this_request
    def show_points(response):
        response.headers["X-Points"] = POINTS["bert"]
        return response

    return f"Seat {number}"
