"""Put what a visitor typed into a header.

.. testcode::

   client = app.test_client()
   try:
       client.get("/?q=tea%0Acups")
   except ValueError as error:
       print(type(error).__name__)
   print(client.get("/fixed?q=tea%0Acups").headers["X-Search"])

.. testoutput::

   ValueError
   tea%0Acups
"""

from urllib.parse import quote

from flask import Flask, make_response, request

app = Flask(__name__)
app.testing = True


@app.get("/")
def search():
    response = make_response("1 product")
    response.headers["X-Search"] = request.args.get("q", "")
    return response


@app.get("/fixed")
def search_fixed():
    response = make_response("1 product")
    response.headers["X-Search"] = quote(request.args.get("q", ""))
    return response
