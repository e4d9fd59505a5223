"""The app of ``served``, wrapped for servers that speak ASGI."""

from a2wsgi import WSGIMiddleware
from asgiref.wsgi import WsgiToAsgi

from .served import app

asgiref = WsgiToAsgi(app)
a2wsgi = WSGIMiddleware(app)
a2wsgi_two = WSGIMiddleware(app, workers=2)
