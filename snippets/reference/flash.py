"""Show a message on the page after a redirect.

.. testcode::

   client = app.test_client()
   print(client.post("/orders").status_code)
   print(client.get("/").json)
   print(client.get("/").json)

.. testoutput::

   303
   {'messages': [['success', 'Thank you']]}
   {'messages': []}
"""

from flask import Flask, flash, get_flashed_messages, redirect, url_for

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config.update(
    SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax"
)


@app.post("/orders")
def order():
    flash("Thank you", "success")
    return redirect(url_for("index"), 303)


@app.get("/")
def index():
    messages = get_flashed_messages(with_categories=True)
    return {"messages": messages}
