"""Refuse in a hook what the view has already done.

.. testcode::

   response = app.test_client().delete("/posts/3")
   print(response.status, posts)

.. testoutput::

   401 UNAUTHORIZED {}
"""

from flask import Flask, Response, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
posts = {3: "Hello"}


@app.delete("/posts/<int:number>")
def delete_post(number):
    del posts[number]
    return {"deleted": number}


@app.after_request
def require_login(response):
    if "user" not in session:
        return Response("Please log in", 401)
    return response
