"""Defer the cookie when the request is torn down.

.. testcode::

   response = app.test_client().get("/films/7")
   print(response.text, response.headers.getlist("Set-Cookie"))

.. testoutput::

   Film 7 []
"""

from flask import Flask, after_this_request, request

app = Flask(__name__)


@app.teardown_request
def remember_film(exception):
    @after_this_request
    def set_cookie(later):
        later.set_cookie("film", request.path)
        return later


@app.get("/films/<int:number>")
def show_film(number):
    return f"Film {number}"
