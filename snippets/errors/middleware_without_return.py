"""Forget the return in WSGI middleware.

.. testcode::

   try:
       wrap(Middleware).test_client().get("/")
   except TypeError as error:
       print(error)
   print(wrap(MiddlewareFixed).test_client().get("/").text)

.. testoutput::

   'NoneType' object is not iterable
   Shop
"""

from flask import Flask


class Middleware:
    def __init__(self, wsgi_app):
        self.wsgi_app = wsgi_app

    def __call__(self, environ, start_response):
        self.wsgi_app(environ, start_response)


class MiddlewareFixed(Middleware):
    def __call__(self, environ, start_response):
        return self.wsgi_app(environ, start_response)


def wrap(middleware):
    app = Flask(__name__)
    app.add_url_rule("/", "index", lambda: "Shop")
    app.wsgi_app = middleware(app.wsgi_app)
    return app
