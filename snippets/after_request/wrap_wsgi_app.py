"""Reach the responses of another WSGI application.

.. testcode::

   from werkzeug.test import Client

   client = Client(app)
   for path in "/", "/archive/2009":
       response = client.get(path)
       hook = response.headers.get("X-Hook", "no hook")
       print(response.text, "|", hook, "|", response.headers["X-Wrap"])

.. testoutput::

   Posts of today | seen | seen
   Posts of 2009 | no hook | seen
"""

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Response

blog = Flask(__name__)


@blog.get("/")
def index():
    return "Posts of today"


@blog.after_request
def add_from_hook(response):
    response.headers["X-Hook"] = "seen"
    return response


def old_archive(environ, start_response):
    year = environ["PATH_INFO"].strip("/")
    return Response(f"Posts of {year}")(environ, start_response)


def add_from_outside(wsgi_app):
    def wrapped(environ, start_response):
        def start(status, headers, exc_info=None):
            headers = [*headers, ("X-Wrap", "seen")]
            return start_response(status, headers, exc_info)

        return wsgi_app(environ, start)

    return wrapped


app = add_from_outside(
    DispatcherMiddleware(blog, {"/archive": old_archive})
)
