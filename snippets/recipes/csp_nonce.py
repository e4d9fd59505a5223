"""Allow one of the page's scripts with a nonce.

.. testcode::

   from unittest.mock import patch

   client = app.test_client()
   with patch("secrets.token_urlsafe", return_value="r4nd0m"):
       for path in "/", "/nothing":
           policy = client.get(path).headers["Content-Security-Policy"]
           print(path, policy)

.. testoutput::

   / script-src 'nonce-r4nd0m'; object-src 'none'; base-uri 'none'
   /nothing script-src 'none'; object-src 'none'; base-uri 'none'
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
