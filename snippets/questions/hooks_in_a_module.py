"""Register the hooks of a module in an application factory.

.. testcode::

   for settings in {}, {"IS_PUBLIC": True}:
       headers = create_app(settings).test_client().get("/").headers
       print(headers["X-Shop"], headers.get("X-Robots-Tag"))

.. testoutput::

   corner noindex
   corner None
"""

from flask import Flask, current_app


# In a module of their own, which needs no app to be imported:
def name_shop(response):
    response.headers["X-Shop"] = current_app.config["SHOP"]
    return response


def hide_from_search(response):
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def register_hooks(app):
    app.after_request(name_shop)
    if not app.config.get("IS_PUBLIC"):
        app.after_request(hide_from_search)


# Where the app is made:
def create_app(settings):
    app = Flask(__name__)
    app.config.from_mapping({"SHOP": "corner"}, **settings)
    register_hooks(app)
    app.add_url_rule("/", "index", lambda: "Shop")
    return app


app = create_app({})
