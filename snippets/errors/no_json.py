"""Return a value that JSON can't hold.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except TypeError as error:
       print(f"TypeError: {error}")
   print(client.get("/fixed").json)

.. testoutput::

   TypeError: Object of type set is not JSON serializable
   {'tags': ['tea']}
"""

from flask import Flask

app = Flask(__name__)
app.testing = True


@app.get("/")
def list_tags():
    return {"tags": {"tea"}}


@app.get("/fixed")
def fixed():
    return {"tags": sorted({"tea"})}
