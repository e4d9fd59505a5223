"""Set the cookie in the hook itself.

.. testcode::

   response = app.test_client().get("/films/7")
   print(response.text, response.headers.getlist("Set-Cookie"))

.. testoutput::

   Film 7 ['film=/films/7; Path=/']
"""

from flask import Flask, request

app = Flask(__name__)


@app.after_request
def remember_film(response):
    response.set_cookie("film", request.path)
    return response


@app.get("/films/<int:number>")
def show_film(number):
    return f"Film {number}"
