"""Set a cookie from a view that returns plain data.

.. testcode::

   response = app.test_client().get("/posts/hello")
   print(response.json)
   print(response.headers["Set-Cookie"].partition(";")[0])

.. testoutput::

   {'author': 'Ada', 'title': 'Hello'}
   last_post=hello
"""

from flask import Flask, abort, after_this_request

POSTS = {"hello": {"author": "Ada", "title": "Hello"}}

app = Flask(__name__)


@app.get("/posts/<slug>")
def show_post(slug):
    if slug not in POSTS:
        abort(404)

    @after_this_request
    def set_last_post_cookie(response):
        response.set_cookie(
            "last_post",
            slug,
            secure=True,
            httponly=True,
            samesite="Lax",
        )
        return response

    return POSTS[slug]
