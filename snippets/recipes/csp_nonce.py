"""Allow one script of the page by a nonce.

.. testcode::

   import re

   response = app.test_client().get("/")
   nonce = re.search('nonce="(.+?)"', response.text)[1]
   policy = response.headers["Content-Security-Policy"]
   print(policy.replace(nonce, "..."))
   print(len(nonce), "characters")
   unknown = app.test_client().get("/nothing")
   print(unknown.headers["Content-Security-Policy"])

.. testoutput::

   script-src 'nonce-...'; object-src 'none'; base-uri 'none'
   22 characters
   script-src 'none'; object-src 'none'; base-uri 'none'
"""

import secrets

from flask import Flask, g, render_template_string

app = Flask(__name__)
PAGE = '<script nonce="{{ csp_nonce() }}">console.log("Shop")</script>'


def get_nonce():
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return g.nonce


@app.context_processor
def add_nonce():
    return {"csp_nonce": get_nonce}


@app.after_request
def add_policy(response):
    source = f"nonce-{g.nonce}" if "nonce" in g else "none"
    rest = "object-src 'none'; base-uri 'none'"
    policy = f"script-src '{source}'; {rest}"
    response.headers.setdefault("Content-Security-Policy", policy)
    return response


@app.get("/")
def index():
    return render_template_string(PAGE)
