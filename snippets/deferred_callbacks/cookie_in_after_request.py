"""Decide before the view, keep it on g, set the cookie afterwards.

.. testcode::

   client = app.test_client()
   for path in "/?theme=dark", "/":
       response = client.get(path)
       print(response.text, "|", response.headers.get("Set-Cookie"))

.. testoutput::

   Chapter 1 on dark | theme=dark; Path=/
   Chapter 1 on dark | None
"""

from flask import Flask, g, request

THEMES = ("light", "dark")

app = Flask(__name__)


@app.before_request
def choose_theme():
    g.theme = request.args.get("theme") or request.cookies.get("theme")
    if g.theme not in THEMES:
        g.theme = "light"


@app.after_request
def remember_theme(response):
    if g.theme != request.cookies.get("theme"):
        response.set_cookie("theme", g.theme)
    return response


@app.get("/")
def chapter():
    return f"Chapter 1 on {g.theme}"
