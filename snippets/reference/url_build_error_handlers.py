"""Build URLs for endpoints that another server has.

.. testcode::

   print(app.test_client().get("/").text)

.. testoutput::

   https://help.example.com/contact
"""

from flask import Flask, url_for

app = Flask(__name__)
HELP_PAGES = {"help.contact": "https://help.example.com/contact"}


def link_to_help(error, endpoint, values):
    return HELP_PAGES.get(endpoint)


app.url_build_error_handlers.append(link_to_help)


@app.get("/")
def index():
    return url_for("help.contact")
