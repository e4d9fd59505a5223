"""Change the path before Flask matches it.

.. testcode::

   from werkzeug.test import Client

   print(app.test_client().get("/old/orders").text)
   unwrapped = Client(app.wsgi_app.wsgi_app)
   print("without:", unwrapped.get("/old/orders").status)

.. testoutput::

   Orders at /new/orders
   without: 404 NOT FOUND
"""

from flask import Flask, request

app = Flask(__name__)


class ServeOldPaths:
    def __init__(self, wsgi_app):
        self.wsgi_app = wsgi_app

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        if path.startswith("/old/"):
            path = f"/new/{path.removeprefix('/old/')}"
            environ = {**environ, "PATH_INFO": path}
        return self.wsgi_app(environ, start_response)


app.wsgi_app = ServeOldPaths(app.wsgi_app)


@app.get("/new/orders")
def list_orders():
    return f"Orders at {request.path}"
