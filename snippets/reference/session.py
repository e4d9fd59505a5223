"""Count the visits of each client in its session.

.. testcode::

   client = app.test_client()
   client.get("/")
   response = client.get("/")
   print(response.text)
   print(response.headers["Vary"])

.. testoutput::

   visit 2
   Cookie
"""

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config.update(
    SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax"
)


@app.get("/")
def index():
    session["visits"] = session.get("visits", 0) + 1
    return f"visit {session['visits']}"
