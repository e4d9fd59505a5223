"""Send prices that change.

.. testcode::

   client = app.test_client()
   for path in "/", "/prices/tea":
       response = client.get(path)
       print(path, response.headers.get("Cache-Control"))

.. testoutput::

   / None
   /prices/tea None
"""

from flask import Blueprint, Flask

app = Flask(__name__)
prices = Blueprint("prices", __name__, url_prefix="/prices")


@app.get("/")
def shop():
    return "Tea and biscuits"


@prices.get("/tea")
def price_of_tea():
    return {"tea": "2.40"}


app.register_blueprint(prices)
