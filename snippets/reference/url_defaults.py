"""Put the language into each URL that needs it.

.. testcode::

   response = app.test_client().get("/de/")
   print(response.text)

.. testoutput::

   /de/orders/7
"""

from flask import Flask, current_app, url_for

app = Flask(__name__)


@app.url_defaults
def add_language(endpoint, values):
    if current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values.setdefault("language", "de")


@app.get("/<language>/")
def index(language):
    return url_for("show_order", number=7)


@app.get("/<language>/orders/<int:number>")
def show_order(language, number):
    return f"Order {number}"
