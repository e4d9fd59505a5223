"""Remember only our own pages.

.. testcode::

   for target in "/basket", "//evil.example", "https://evil.example":
       client = app.test_client()
       client.get("/login", query_string={"next": target})
       print(client.post("/login").headers["Location"])

.. testoutput::

   /basket
   /
   /
"""

from flask import Flask, after_this_request, redirect, request

app = Flask(__name__)
PAGES = {"/basket", "/orders"}  # [pages]


@app.get("/login")
def show_form():
    target = request.args["next"]
    if target not in PAGES:
        target = "/"

    @after_this_request
    def remember(response):
        response.set_cookie("next", target, httponly=True)
        return response

    return "Name and password, please"


@app.post("/login")
def login():
    return redirect(request.cookies.get("next", "/"))
