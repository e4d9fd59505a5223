"""Nest a blueprint in one that has a subdomain.

Flask 2.2 drops the subdomain of the parent: the child answers on the
bare domain, and nothing on the subdomain. Since 2.3 it is applied.

.. testcode::

   for host in "shop.example", "api.shop.example":
       response = app.test_client().get("/", base_url=f"http://{host}")
       print(host, response.status)

Before Flask 2.3:

.. testoutput::
   :skipif: FLASK >= (2, 3)

   child_hook
   shop.example 200 OK
   api.shop.example 404 NOT FOUND

Since Flask 2.3:

.. testoutput::
   :skipif: FLASK < (2, 3)

   shop.example 404 NOT FOUND
   child_hook
   api.shop.example 200 OK
"""

from importlib.metadata import version

from flask import Blueprint, Flask

FLASK = tuple(map(int, version("flask").split(".")[:2]))

child = Blueprint("child", __name__)


@child.before_request
def child_hook():
    print("child_hook")


@child.get("/")
def page():
    return "ok"


parent = Blueprint("parent", __name__, subdomain="api")
parent.register_blueprint(child)

app = Flask(__name__, static_folder=None, subdomain_matching=True)
app.config["SERVER_NAME"] = "shop.example"
app.register_blueprint(parent)
