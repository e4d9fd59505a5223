"""Take the client's address and scheme from the headers of one proxy.

.. testcode::

   headers = {
       "X-Forwarded-For": "203.0.113.7",
       "X-Forwarded-Proto": "https",
   }
   print(app.test_client().get("/", headers=headers).text)
   app.wsgi_app = app.wsgi_app.app
   print("without:", app.test_client().get("/", headers=headers).text)

.. testoutput::

   203.0.113.7 https
   without: 127.0.0.1 http
"""

from flask import Flask, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

app = Flask(__name__)
app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)


@app.before_request
def note_client():
    g.client = f"{request.remote_addr} {request.scheme}"


@app.get("/")
def index():
    return g.client
