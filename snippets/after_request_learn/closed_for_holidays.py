"""Answer for the views while the bakery is closed.

.. testcode::

   response = app.test_client().get("/orders/7")
   print(response.status, response.text)
   print(response.headers["Cache-Control"])

.. testoutput::

   503 SERVICE UNAVAILABLE Back in August
   private
"""

from flask import Blueprint, Flask

app = Flask(__name__)
app.config["HOLIDAYS"] = True
counter = Blueprint("counter", __name__, url_prefix="/orders")
orders = {7: "2 rye"}


@app.before_request
def close_for_holidays():
    if app.config["HOLIDAYS"]:
        return "Back in August", 503


@counter.get("/<int:number>")
def show_order(number):
    return {"items": orders[number]}


@counter.after_request
def keep_private(response):
    response.headers["Cache-Control"] = "private"
    return response


@app.after_request
def set_cache_rule(response):
    rule = "max-age=60" if response.status_code == 200 else "no-store"
    response.headers.setdefault("Cache-Control", rule)
    return response


app.register_blueprint(counter)
