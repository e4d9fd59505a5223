"""Replace the response halfway down the chain.

.. testcode::

   response = app.test_client().get("/tickets/12")
   print(response.status, response.text)
   for name in "X-Printed", "X-Folded", "X-Stamped":
       print(name, response.headers.get(name))
   print(response.headers["Set-Cookie"].split("=")[0])

.. testoutput::

   200 OK [Seat 12]
   X-Printed None
   X-Folded yes
   X-Stamped yes
   session
"""

from flask import Flask, make_response, session

app = Flask(__name__)
app.secret_key = "only for this example"


@app.after_request
def stamp(response):
    response.headers["X-Stamped"] = "yes"
    return response


@app.after_request
def fold(response):
    folded = make_response(f"[{response.get_data(as_text=True)}]")
    folded.headers["X-Folded"] = "yes"
    return folded


@app.after_request
def print_ticket(response):
    response.headers["X-Printed"] = "yes"
    return response


@app.get("/tickets/<int:seat>")
def show_ticket(seat):
    session["seat"] = seat
    return f"Seat {seat}", 201
