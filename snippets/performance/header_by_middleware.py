"""Set a header outside Flask, in WSGI middleware.

.. testcode::

   client = app.test_client()
   for url in "/", "/nowhere":
       response = client.get(url)
       print(response.status, response.headers["X-Ferry"])

.. testoutput::

   200 OK Corran
   404 NOT FOUND Corran
"""

from flask import Flask

app = Flask(__name__)


class NameFerry:
    def __init__(self, wsgi_app):
        self.wsgi_app = wsgi_app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            headers = [*headers, ("X-Ferry", "Corran")]
            return start_response(status, headers, exc_info)

        return self.wsgi_app(environ, start)


app.wsgi_app = NameFerry(app.wsgi_app)


@app.get("/")
def index():
    return "Hello!"
