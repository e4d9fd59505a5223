"""Wrap the app, where its wsgi_app should be wrapped.

.. testcode::

   try:
       wrongly_wrapped().test_client().get("/")
   except RecursionError as error:
       print(str(error).partition(" while")[0])
   print(wrapped().test_client().get("/").text)

.. testoutput::

   maximum recursion depth exceeded
   Shop
"""

from flask import Flask


class Middleware:
    def __init__(self, wsgi_app):
        self.wsgi_app = wsgi_app

    def __call__(self, environ, start_response):
        return self.wsgi_app(environ, start_response)


def create_app():
    app = Flask(__name__)
    app.add_url_rule("/", "index", lambda: "Shop")
    return app


def wrongly_wrapped():
    app = create_app()
    app.wsgi_app = Middleware(app)
    return app


def wrapped():
    app = create_app()
    app.wsgi_app = Middleware(app.wsgi_app)
    return app
