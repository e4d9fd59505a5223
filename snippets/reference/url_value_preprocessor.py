"""Take the language out of the URL, once for all views.

.. testcode::

   response = app.test_client().get("/de/orders/7")
   print(response.text)

.. testoutput::

   Order 7 in de
"""

from flask import Flask, abort, g

app = Flask(__name__)


@app.url_value_preprocessor
def take_language(endpoint, values):
    if values and "language" in values:
        g.language = values.pop("language")


@app.before_request
def check_language():
    if g.get("language", "en") not in {"en", "de"}:
        abort(404)


@app.get("/<language>/orders/<int:number>")
def show_order(number):
    return f"Order {number} in {g.language}"
