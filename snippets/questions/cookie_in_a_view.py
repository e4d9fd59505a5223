"""Set a cookie with a page, and with a redirect.

.. testcode::

   client = app.test_client()
   for path in "/", "/choose/de":
       response = client.get(path)
       print(response.location, response.headers["Set-Cookie"])

.. testoutput::

   None visited=yes; Secure; HttpOnly; Path=/; SameSite=Lax
   / lang=de; Secure; HttpOnly; Path=/; SameSite=Lax
"""

from flask import (
    Flask,
    abort,
    make_response,
    redirect,
    render_template_string,
    url_for,
)

app = Flask(__name__)
SAFE = {"secure": True, "httponly": True, "samesite": "Lax"}


@app.get("/")
def index():
    response = make_response(render_template_string("<h1>Shop</h1>"))
    response.set_cookie("visited", "yes", **SAFE)
    return response


@app.get("/choose/<lang>")
def choose_language(lang):
    if lang not in {"en", "de"}:
        abort(404)
    response = redirect(url_for("index"))
    response.set_cookie("lang", lang, **SAFE)
    return response
