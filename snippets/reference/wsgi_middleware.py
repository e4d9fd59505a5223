"""Add a header outside Flask, to everything that it sends.

.. testcode::

   client = app.test_client()
   print(client.get("/").headers["X-Content-Type-Options"])
   print(client.get("/nowhere").headers["X-Content-Type-Options"])

.. testoutput::

   nosniff
   nosniff
"""

from flask import Flask
from werkzeug.datastructures import Headers

app = Flask(__name__)


class NoSniff:
    def __init__(self, wsgi_app):
        self.wsgi_app = wsgi_app

    def __call__(self, environ, start_response):
        def start(status, headers, *rest):
            headers = Headers(headers)
            headers.setdefault("X-Content-Type-Options", "nosniff")
            return start_response(status, list(headers), *rest)

        return self.wsgi_app(environ, start)


app.wsgi_app = NoSniff(app.wsgi_app)


@app.get("/")
def index():
    return "Shop"
