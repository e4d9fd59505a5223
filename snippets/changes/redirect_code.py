"""Send visitors to the login page, and count the redirects.

Up to Flask 3.1 redirect() sends a 302. Since 3.2 it sends a 303, so a
test for 302 finds nothing. A redirect has a location, whatever its
code; and a code that matters can be named.

.. testcode::

   client = app.test_client()
   for path in "/orders", "/old":
       response = client.get(path)
       print(response.status, "|", response.headers["X-Redirect"])

Before Flask 3.2:

.. testoutput::
   :skipif: FLASK >= (3, 2)

   302 FOUND | 302: True, location: True
   302 FOUND | 302: True, location: True

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)

   303 SEE OTHER | 302: False, location: True
   302 FOUND | 302: True, location: True
"""

from importlib.metadata import version

from flask import Flask, redirect, request

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)


@app.before_request
def require_login():
    if request.endpoint == "login":
        return None
    if request.path == "/old":
        return redirect("/login", code=302)
    return redirect("/login")


@app.after_request
def mark_redirect(response):
    found = response.status_code == 302
    moved = response.location is not None
    response.headers["X-Redirect"] = f"302: {found}, location: {moved}"
    return response


@app.get("/login")
def login():
    return "Log in"
