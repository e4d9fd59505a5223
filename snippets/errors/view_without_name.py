"""Use a partial as a view.

.. testcode::

   try:
       app.get("/tea")(partial(show_product, "Tea"))
   except AttributeError as error:
       print(error)

   print(app.test_client().get("/coffee").text)

.. testoutput::

   'functools.partial' object has no attribute '__name__'
   Coffee
"""

from functools import partial

from flask import Flask

app = Flask(__name__)


def show_product(name):
    return name


show_coffee = partial(show_product, "Coffee")
app.add_url_rule("/coffee", endpoint="coffee", view_func=show_coffee)
