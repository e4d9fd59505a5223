"""Put a text from a visitor into an address.

Werkzeug 2.3 deprecates the functions of werkzeug.urls, and 3.0 has
removed them. Those of Python work on every version.

.. testcode::

   import warnings

   with warnings.catch_warnings():
       warnings.simplefilter("error")
       for name in "url_quote", "url_decode":
           try:
               exec(f"from werkzeug.urls import {name}; {name}('a=1')")
               print("called", name)
           except (DeprecationWarning, ImportError) as error:
               message, _, _ = str(error).partition(" (")
               print(f"{type(error).__name__}: {message}")

   response = app.test_client().get("/search?text=green+tea")
   print(response.location)

Before Werkzeug 2.3:

.. testoutput::
   :skipif: WERKZEUG >= (2, 3)

   called url_quote
   called url_decode
   /find/green%20tea

Werkzeug 2.3:

.. testoutput::
   :skipif: WERKZEUG < (2, 3) or WERKZEUG >= (3, 0)
   :options: +NORMALIZE_WHITESPACE

   DeprecationWarning: 'werkzeug.urls.url_quote' is deprecated and will
   be removed in Werkzeug 3.0. Use 'urllib.parse.quote' instead.
   DeprecationWarning: 'werkzeug.urls.url_decode' is deprecated and will
   be removed in Werkzeug 2.4. Use 'urllib.parse.parse_qs' instead.
   /find/green%20tea

Since Werkzeug 3.0:

.. testoutput::
   :skipif: WERKZEUG < (3, 0)

   ImportError: cannot import name 'url_quote' from 'werkzeug.urls'
   ImportError: cannot import name 'url_decode' from 'werkzeug.urls'
   /find/green%20tea
"""

from importlib.metadata import version
from urllib.parse import quote

from flask import Flask, redirect, request

WERKZEUG = tuple(map(int, version("werkzeug").split(".")[:2]))

app = Flask(__name__)


@app.get("/search")
def search():
    text = request.args["text"]
    return redirect(f"/find/{quote(text, safe='')}")
