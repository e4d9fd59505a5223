"""Set SERVER_NAME, and look at the domain of the session cookie.

Flask 2.2 takes the domain from SERVER_NAME, so subdomains receive the
cookie. Since 2.3 there is none, unless SESSION_COOKIE_DOMAIN names it.

.. testcode::

   for domain in None, "shop.example":
       app = create_app(domain)
       cookie = app.test_client().get("/").headers["Set-Cookie"]
       words = cookie.replace("=.", "=").split("; ")
       print([word for word in words if word.startswith("Domain")])

Before Flask 2.3:

.. testoutput::
   :skipif: FLASK >= (2, 3)

   ['Domain=shop.example']
   ['Domain=shop.example']

Since Flask 2.3:

.. testoutput::
   :skipif: FLASK < (2, 3)

   []
   ['Domain=shop.example']
"""

from importlib.metadata import version

from flask import Flask, session

FLASK = tuple(map(int, version("flask").split(".")[:2]))


def create_app(domain):
    app = Flask(__name__)
    app.secret_key = "change me: read it from the environment"
    app.config["SESSION_COOKIE_SECURE"] = True
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.config["SERVER_NAME"] = "shop.example"
    app.config["SESSION_COOKIE_DOMAIN"] = domain
    app.add_url_rule("/", "remember", remember)
    return app


def remember():
    session["visitor"] = 1
    return "ok"
