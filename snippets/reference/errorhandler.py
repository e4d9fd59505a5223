"""Turn an exception of the shop into a 409.

.. testcode::

   print(app.test_client().get("/orders/new").status)
   print(app.test_client().get("/nowhere").text)

.. testoutput::

   409 CONFLICT
   No such page
"""

from flask import Flask

app = Flask(__name__)


class SoldOut(Exception):
    pass


@app.errorhandler(SoldOut)
def explain_sold_out(error):
    return "Sold out", 409


def show_not_found(error):
    response = error.get_response()
    response.data = "No such page"
    response.mimetype = "text/plain"
    return response


app.register_error_handler(404, show_not_found)


@app.get("/orders/new")
def order():
    raise SoldOut
