"""Mount one app below another, so that flask run finds a Flask app.

.. testcode::

   client = app.test_client()
   print(client.get("/").text)
   print(client.get("/admin/").text)

.. testoutput::

   Shop
   Orders
"""

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

app = Flask("shop")
admin = Flask("admin")


@app.get("/")
def index():
    return "Shop"


@admin.get("/")
def list_orders():
    return "Orders"


app.wsgi_app = DispatcherMiddleware(
    app.wsgi_app, {"/admin": admin.wsgi_app}
)
