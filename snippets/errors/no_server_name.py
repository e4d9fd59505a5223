"""Build a URL outside a request.

.. testcode::

   try:
       print_link()
   except RuntimeError as error:
       print(error)

   print(app.test_client().get("/").text)
   app.config["SERVER_NAME"] = "shop.example"
   print_link()

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   Unable to build URLs outside an active request without 'SERVER_NAME'
   configured. Also configure 'APPLICATION_ROOT' and
   'PREFERRED_URL_SCHEME' as needed.
   /
   http://shop.example/
"""

from flask import Flask, url_for

app = Flask(__name__)


@app.get("/")
def index():
    return url_for("index")


def print_link():
    with app.app_context():
        print(url_for("index"))
