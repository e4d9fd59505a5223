"""Put a visitor's text into an address.

Werkzeug 3.0, which Flask 3.0 needs, has removed these functions of
werkzeug.urls. Those of Python work on every version.

.. testcode::

   import warnings

   with warnings.catch_warnings():
       warnings.simplefilter("ignore")
       for name in "url_quote", "url_decode":
           try:
               exec(f"from werkzeug.urls import {name}; {name}('a=1')")
               print("called", name)
           except ImportError as error:
               message, _, _ = str(error).partition(" (")
               print(f"ImportError: {message}")

   response = app.test_client().get("/search?text=green+tea")
   print(response.location)

Before Flask 3.0:

.. testoutput::
   :skipif: FLASK >= (3, 0)

   called url_quote
   called url_decode
   /find/green%20tea

Since Flask 3.0:

.. testoutput::
   :skipif: FLASK < (3, 0)

   ImportError: cannot import name 'url_quote' from 'werkzeug.urls'
   ImportError: cannot import name 'url_decode' from 'werkzeug.urls'
   /find/green%20tea
"""

from importlib.metadata import version
from urllib.parse import quote

from flask import Flask, redirect, request

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)


@app.get("/search")
def search():
    text = request.args["text"]
    return redirect(f"/find/{quote(text, safe='')}")
