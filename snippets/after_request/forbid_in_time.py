"""Refuse before the view can do anything.

.. testcode::

   response = app.test_client().delete("/posts/3")
   print(response.status, posts)

.. testoutput::

   401 UNAUTHORIZED {3: 'Hello'}
"""

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
posts = {3: "Hello"}


@app.before_request
def require_login():
    if "user" not in session:
        return "Please log in", 401


@app.delete("/posts/<int:number>")
def delete_post(number):
    del posts[number]
    return {"deleted": number}
