"""Look into the arguments of an unknown URL.

.. testcode::

   client = app.test_client()
   try:
       client.get("/unknown/page")
   except TypeError as error:
       print(error)
   print(client.get("/en").text)

.. testoutput::

   argument of type 'NoneType' is not iterable
   en
"""

from flask import Flask, g

app = Flask(__name__)
app.testing = True


@app.url_value_preprocessor
def take_language(endpoint, values):
    if "lang" in values:  # write: if values and "lang" in values
        g.lang = values.pop("lang")


@app.get("/<lang>")
def index():
    return g.lang
