"""Change the response of one view with a decorator.

.. testcode::

   client = app.test_client()
   for path in "/posts", "/feed":
       print(client.get(path).mimetype)

.. testoutput::

   text/html
   application/rss+xml
"""

from functools import wraps

from flask import Flask, make_response

app = Flask(__name__)


def as_feed(view):
    @wraps(view)
    def wrapped(*args, **kwargs):
        response = make_response(view(*args, **kwargs))
        response.mimetype = "application/rss+xml"
        return response

    return wrapped


@app.get("/posts")
def list_posts():
    return "<!doctype html><title>Posts</title>"


@app.get("/feed")
@as_feed
def show_feed():
    return '<rss version="2.0"></rss>'
