"""Remember the name after a login that succeeded.

.. testcode::

   for form in (
       {"name": "ada", "password": "guess"},
       {"name": "ada"},
       {"name": "ada", "password": "engine"},
   ):
       response = app.test_client().post("/login", data=form)
       cookie = response.headers.get("Set-Cookie", "none")
       cookie = cookie.partition(";")[0]
       print(response.status, "|", cookie, "|", response.text[:15])

.. testoutput::

   401 UNAUTHORIZED | none | <!doctype html>
   400 BAD REQUEST | none | <!doctype html>
   200 OK | name=ada | Hello, ada
"""

from flask import Flask, abort, after_this_request, request

PASSWORDS = {"ada": "engine"}

app = Flask(__name__)


@app.post("/login")
def log_in():
    name = request.form["name"]

    if request.form["password"] != PASSWORDS.get(name):
        abort(401)

    @after_this_request
    def set_name_cookie(response):
        response.set_cookie(
            "name", name, secure=True, httponly=True, samesite="Lax"
        )
        return response

    return f"Hello, {name}"
