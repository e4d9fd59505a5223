"""Redirect after the login, to a page of this app only.

.. testcode::

   client = app.test_client()
   for target in "/orders/7", "//evil.example", "https://evil.example":
       response = client.post("/login", data={"next": target})
       print(response.location)

.. testoutput::

   /orders/7
   /
   /
"""

from flask import Flask, redirect, request

app = Flask(__name__)


def is_local(target):
    return (
        target.startswith("/")
        and not target.startswith("//")
        and "\\" not in target
        and target.isprintable()
    )


@app.post("/login")
def login():
    target = request.form.get("next", "/")
    return redirect(target if is_local(target) else "/", 303)
