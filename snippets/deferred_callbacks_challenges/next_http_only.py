"""Keep the remembered page from other sites.

.. testcode::

   for target in "/basket", "//evil.example", "https://evil.example":
       client = app.test_client()
       client.get("/login", query_string={"next": target})
       print(client.post("/login").headers["Location"])

.. testoutput::

   /basket
   //evil.example
   https://evil.example
"""

from flask import Flask, after_this_request, redirect, request

app = Flask(__name__)


@app.get("/login")
def show_form():
    target = request.args["next"]

    @after_this_request
    def remember(response):
        response.set_cookie(
            "next", target, httponly=True, samesite="Strict"
        )
        return response

    return "Name and password, please"


@app.post("/login")
def login():
    return redirect(request.cookies.get("next", "/"))
