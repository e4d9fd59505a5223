"""Send the policy with everything.

.. testcode::

   client = app.test_client()
   for path in "/", "/archive", "/moon", "/moon.csv", "/mars":
       response = client.get(path)
       policy = response.headers.get("Content-Security-Policy")
       print(path, "|", policy, "|", response.text[:12].strip())

.. testoutput::

   / | default-src 'self' | <h1>Clear un
   /archive | default-src 'self' | <h1>Nights o
   /moon | default-src 'self' | {"phase":"wa
   /moon.csv | default-src 'self' | phase,waning
   /mars | default-src 'self' | <!doctype ht
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def add_policy(response):
    policy = "default-src 'self'"
    response.headers["Content-Security-Policy"] = policy
    return response


@app.get("/")
def tonight():
    return "<h1>Clear until midnight</h1>"


@app.get("/archive")
def archive():
    kind = {"Content-Type": "text/html; charset=us-ascii"}
    return "<h1>Nights of 1998</h1>", kind


@app.get("/moon")
def moon():
    return {"phase": "waning"}


@app.get("/moon.csv")
def moon_table():
    return "phase,waning", {"Content-Type": "text/csv"}
