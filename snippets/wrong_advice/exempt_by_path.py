"""Compare the endpoint with a path, and exempt nothing.

.. testcode::

   client = app.test_client()
   print(client.get("/admin").text)
   print(client.get("/login").text)

.. testoutput::

   stopped at endpoint show_admin
   Log in
"""

from flask import Flask, request

app = Flask(__name__)
EXEMPT_PATHS = {"/admin"}
EXEMPT_ENDPOINTS = {"log_in"}


@app.before_request
def require_login():
    if request.endpoint in EXEMPT_PATHS | EXEMPT_ENDPOINTS:
        return None
    return f"stopped at endpoint {request.endpoint}"


@app.get("/admin")
def show_admin():
    return "Admin"


@app.get("/login")
def log_in():
    return "Log in"
