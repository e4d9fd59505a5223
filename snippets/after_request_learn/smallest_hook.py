"""Let browsers keep every page of the bakery for a minute.

.. testcode::

   response = app.test_client().get("/")
   print(response.text)
   print(response.headers["Cache-Control"])

.. testoutput::

   Rye, spelt, seeded rolls
   max-age=60
"""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def show_breads():
    return "Rye, spelt, seeded rolls"


@app.after_request
def set_cache_rule(response):
    response.headers["Cache-Control"] = "max-age=60"
    return response
