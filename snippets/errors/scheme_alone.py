"""Name the scheme of a URL that is not external.

.. testcode::

   client = app.test_client()
   try:
       client.get("/")
   except ValueError as error:
       print(error)
   print(client.get("/fixed").text)

.. testoutput::

   When specifying '_scheme', '_external' must be True.
   https://localhost/
"""

from flask import Flask, url_for

app = Flask(__name__)
app.testing = True


@app.get("/")
def index():
    return url_for("index", _scheme="https", _external=False)


@app.get("/fixed")
def fixed():
    return url_for("index", _scheme="https", _external=True)
