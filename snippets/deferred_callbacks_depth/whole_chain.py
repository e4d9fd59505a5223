"""Defer at three places; pass the hooks of two blueprints and the app.

.. testcode::

   response = app.test_client().get("/harbour/quay/7")
   print(response.text)
   for name in response.headers.getlist("X-Passed"):
       print(name)

.. testoutput::

   Berth 7: Marguerite
   note_tide
   note_weather
   note_fee
   quay_hook
   harbour_hook
   app_hook
   on_finished
"""

from flask import Blueprint, Flask, after_this_request, request_finished

SHIPS = {7: "Marguerite"}

app = Flask(__name__)
harbour = Blueprint("harbour", __name__, url_prefix="/harbour")
quay = Blueprint("quay", __name__, url_prefix="/quay")


@app.after_request
def app_hook(response):
    response.headers.add("X-Passed", "app_hook")
    return response


@harbour.after_request
def harbour_hook(response):
    response.headers.add("X-Passed", "harbour_hook")
    return response


@quay.after_request
def quay_hook(response):
    response.headers.add("X-Passed", "quay_hook")
    return response


@app.before_request
def read_tide():
    @after_this_request
    def note_tide(response):
        response.headers.add("X-Passed", "note_tide")
        return response


@quay.get("/<int:berth>")
def show_berth(berth):
    @after_this_request
    def note_weather(response):
        response.headers.add("X-Passed", "note_weather")
        return response

    return f"Berth {berth}: {find_ship(berth)}"


def find_ship(berth):
    @after_this_request
    def note_fee(response):
        response.headers.add("X-Passed", "note_fee")
        return response

    return SHIPS[berth]


@request_finished.connect_via(app)
def on_finished(sender, response, **extra):
    response.headers.add("X-Passed", "on_finished")


harbour.register_blueprint(quay)
app.register_blueprint(harbour)
