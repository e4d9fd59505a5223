"""Remove an argument from an unknown URL.

.. testcode::

   client = app.test_client()
   try:
       client.get("/unknown/page")
   except AttributeError as error:
       print(error)
   print(client.get("/en").text)

.. testoutput::

   'NoneType' object has no attribute 'pop'
   en
"""

from flask import Flask, g

app = Flask(__name__)
app.testing = True


@app.url_value_preprocessor
def take_language(endpoint, values):
    g.lang = values.pop("lang", None)  # write "if values:" before it


@app.get("/<any(de, en):lang>")
def index():
    return g.lang
