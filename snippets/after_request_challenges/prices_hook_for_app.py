"""Forbid storing for the whole app, from the blueprint.

.. testcode::

   client = app.test_client()
   for path in "/", "/prices/tea":
       response = client.get(path)
       print(path, response.headers.get("Cache-Control"))

.. testoutput::

   / no-store
   /prices/tea no-store
"""

from flask import Blueprint, Flask

app = Flask(__name__)
prices = Blueprint("prices", __name__, url_prefix="/prices")


@prices.after_app_request
def forbid_storing(response):
    response.headers["Cache-Control"] = "no-store"
    return response


@app.get("/")
def shop():
    return "Tea and biscuits"


@prices.get("/tea")
def price_of_tea():
    return {"tea": "2.40"}


app.register_blueprint(prices)
