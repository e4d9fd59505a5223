"""Keep the language of a blueprint's URLs, also on the 404 page.

.. testcode::

   client = app.test_client()
   print(client.get("/de/").text)
   print(client.get("/de/nowhere").text)

.. testoutput::

   /de/orders
   Not here. Start: /en/
"""

from flask import Blueprint, Flask, g, url_for

shop = Blueprint("shop", __name__, url_prefix="/<language>")


@shop.url_value_preprocessor
def take_language(endpoint, values):
    g.language = values.pop("language")


@shop.url_defaults
def add_language(endpoint, values):
    values.setdefault("language", g.get("language", "en"))


@shop.get("/")
def index():
    return url_for(".list_orders")


@shop.get("/orders")
def list_orders():
    return "Orders"


app = Flask(__name__)
app.register_blueprint(shop)


@app.errorhandler(404)
def not_found(error):
    return f"Not here. Start: {url_for('shop.index')}", 404
