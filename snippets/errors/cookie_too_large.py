"""Put more into the session than a cookie can hold.

.. testcode::

   import warnings

   client = app.test_client()
   with warnings.catch_warnings(record=True) as warned:
       warnings.simplefilter("always")
       client.get("/keep")
   print(str(warned[0].message).partition(":")[0])

.. testoutput::

   The 'session' cookie is too large
"""

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"


@app.get("/keep")
def keep():
    session["orders"] = list(range(3000))
    return "kept"
