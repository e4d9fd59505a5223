"""Change the body of a response; its length follows.

.. testcode::

   response = app.test_client().get("/menu")
   print(response.text)
   print(response.headers["Content-Length"], len(response.data))

.. testoutput::

   Soup of the day: leek
   Prices include tax.
   41 41
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def add_footnote(response):
    menu = response.get_data(as_text=True)
    response.set_data(f"{menu}\nPrices include tax.")
    return response


@app.get("/menu")
def menu():
    return "Soup of the day: leek"
