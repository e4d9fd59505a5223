"""Allow the origins on a list, and tell caches nothing.

.. testcode::

   client = app.test_client()
   for origin in "https://bank.example", "https://evilbank.example":
       response = client.get("/me", headers={"Origin": origin})
       print(response.headers.get("Access-Control-Allow-Origin"))
       print(response.headers.get("Access-Control-Allow-Credentials"))
       print(response.headers.get("Vary"))

.. testoutput::

   https://bank.example
   true
   None
   None
   None
   None
"""

from flask import Flask, request

app = Flask(__name__)
OUR_ORIGINS = {"https://bank.example"}  # [origins]


@app.after_request
def allow_our_pages(response):
    origin = request.headers.get("Origin", "")
    if origin in OUR_ORIGINS:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
    return response


@app.get("/me")
def me():
    return "Balance: 120"
