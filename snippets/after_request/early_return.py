"""Return a response before the view; the hook still runs.

.. testcode::

   response = app.test_client().get("/checkout")
   print(response.status)
   print(response.headers["Retry-After"])
   print(response.text)

.. testoutput::

   503 SERVICE UNAVAILABLE
   3600
   We are counting our stock.
"""

from flask import Flask

app = Flask(__name__)
app.config["STOCKTAKING"] = True


@app.before_request
def close_shop():
    if app.config["STOCKTAKING"]:
        return "We are counting our stock.", 503


@app.after_request
def suggest_retry(response):
    if response.status_code == 503:
        response.headers["Retry-After"] = "3600"
    return response


@app.get("/checkout")
def checkout():
    return "Thank you for your order."
