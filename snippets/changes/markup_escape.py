"""Escape what a visitor typed.

Flask 2.3 deprecates flask.escape and flask.Markup, and 3.0 has removed
them; 2.3.0 lost Markup by mistake. Both come from MarkupSafe, which
Flask requires.

.. testcode::

   import warnings

   for name in "escape", "Markup":
       with warnings.catch_warnings():
           warnings.simplefilter("error")
           try:
               exec(f"from flask import {name}")
           except (DeprecationWarning, ImportError) as error:
               message, _, _ = str(error).partition(" (")
               print(f"{type(error).__name__}: {message}")
           else:
               print("imported", name)

   print(app.test_client().get("/?name=<b>").text)

Before Flask 2.3:

.. testoutput::
   :skipif: FLASK >= (2, 3)

   imported escape
   imported Markup
   No page for &lt;b&gt;

Flask 2.3.1 to 2.3.3:

.. testoutput::
   :skipif: RELEASE < (2, 3, 1) or FLASK >= (3, 0)
   :options: +NORMALIZE_WHITESPACE

   DeprecationWarning: 'flask.escape' is deprecated and will be removed
   in Flask 2.4. Import 'markupsafe.escape' instead.
   DeprecationWarning: 'flask.Markup' is deprecated and will be removed
   in Flask 2.4. Import 'markupsafe.Markup' instead.
   No page for &lt;b&gt;

Flask 2.3.0:

.. testoutput::
   :skipif: RELEASE != (2, 3, 0)
   :options: +NORMALIZE_WHITESPACE

   DeprecationWarning: 'flask.escape' is deprecated and will be removed
   in Flask 2.4. Import 'markupsafe.escape' instead.
   ImportError: cannot import name 'Markup' from 'flask'
   No page for &lt;b&gt;

Since Flask 3.0:

.. testoutput::
   :skipif: FLASK < (3, 0)

   ImportError: cannot import name 'escape' from 'flask'
   ImportError: cannot import name 'Markup' from 'flask'
   No page for &lt;b&gt;
"""

import re
from importlib.metadata import version

from flask import Flask, request
from markupsafe import escape

RELEASE = tuple(map(int, re.findall(r"\d+", version("flask"))[:3]))
FLASK = RELEASE[:2]

app = Flask(__name__)


@app.errorhandler(404)
def not_found(error):
    name = request.args.get("name", "this address")
    return f"No page for {escape(name)}", 404
