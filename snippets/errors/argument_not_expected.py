"""Pass the view a URL argument that it doesn't take.

.. testcode::

   client = app.test_client()
   try:
       client.get("/en/orders")
   except TypeError as error:
       print(error)
   print(client.get("/en/fixed").text)

.. testoutput::

   list_orders() got an unexpected keyword argument 'lang'
   Orders in en
"""

from flask import Flask

app = Flask(__name__)
app.testing = True


@app.get("/<any(de, en):lang>/orders")
def list_orders():
    return "Orders"


@app.get("/<any(de, en):lang>/fixed")
def fixed(lang):
    return f"Orders in {lang}"
