"""Return a maintenance page for every URL but one.

.. testcode::

   client = app.test_client()
   for closed in True, False:
       app.config["MAINTENANCE"] = closed
       for path in "/", "/health":
           response = client.get(path)
           print(path, response.status, response.retry_after is None)

.. testoutput::

   / 503 SERVICE UNAVAILABLE False
   /health 200 OK True
   / 200 OK True
   /health 200 OK True
"""

from flask import Flask, current_app, request

app = Flask(__name__)
app.config["MAINTENANCE"] = False
PAGE = "<!doctype html><title>Back soon</title><h1>Back soon</h1>"


@app.before_request
def close_for_maintenance():
    closed = current_app.config["MAINTENANCE"]
    if closed and request.endpoint != "check_health":
        headers = {"Retry-After": "600", "Cache-Control": "no-store"}
        return PAGE, 503, headers


@app.get("/health")
def check_health():
    return "ok"


@app.get("/")
def index():
    return "Shop"
