"""Register one more hook, so that it's the last.

.. testcode::

   response = app.test_client().get("/films/7")
   print(response.text, response.headers.getlist("Set-Cookie"))

.. testoutput::

   Film 7 []
"""

from flask import Flask, after_this_request, request

app = Flask(__name__)


@app.after_request
def hand_on(response):
    return response


@app.after_request
def remember_film(response):
    @after_this_request
    def set_cookie(later):
        later.set_cookie("film", request.path)
        return later

    return response


@app.get("/films/<int:number>")
def show_film(number):
    return f"Film {number}"
