"""Enter a test client twice.

.. testcode::

   client = app.test_client()
   try:
       with client, client:
           print("never printed")
   except RuntimeError as error:
       print(error)

   with client:
       print(client.get("/").text)
       with app.test_client() as other:
           print(other.get("/").text)

.. testoutput::

   Cannot nest client invocations
   Shop
   Shop
"""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return "Shop"
