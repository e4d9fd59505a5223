"""Ask for the version of Flask.

Flask 3.0 deprecates flask.__version__, and 3.2 removes it. The metadata
of the package has the version; hasattr tells what an app can do.

.. testcode::

   import warnings

   with warnings.catch_warnings():
       warnings.simplefilter("error")
       try:
           from flask import __version__

           print("the same:", __version__ == version("flask"))
       except (DeprecationWarning, ImportError) as error:
           message, _, _ = str(error).partition(" (")
           print(f"{type(error).__name__}: {message}")

   app.debug = True
   print(app.test_client().get("/").headers["X-Flask"] == EXPECTED)

Before Flask 3.0:

.. testoutput::
   :skipif: FLASK >= (3, 0)

   the same: True
   True

Flask 3.0.0 to 3.1.0:

.. testoutput::
   :skipif: FLASK < (3, 0) or RELEASE >= (3, 1, 1)
   :options: +NORMALIZE_WHITESPACE

   DeprecationWarning: The '__version__' attribute is deprecated and
   will be removed in Flask 3.1. Use feature detection or
   'importlib.metadata.version("flask")' instead.
   True

Flask 3.1.1 to 3.1.3:

.. testoutput::
   :skipif: RELEASE < (3, 1, 1) or FLASK >= (3, 2)
   :options: +NORMALIZE_WHITESPACE

   DeprecationWarning: The '__version__' attribute is deprecated and
   will be removed in Flask 3.2. Use feature detection or
   'importlib.metadata.version("flask")' instead.
   True

Since Flask 3.2:

.. testoutput::
   :skipif: FLASK < (3, 2)

   ImportError: cannot import name '__version__' from 'flask'
   True
"""

import re
from importlib.metadata import version

from flask import Flask

RELEASE = tuple(map(int, re.findall(r"\d+", version("flask"))[:3]))
FLASK = RELEASE[:2]
EXPECTED = f"Flask {FLASK[0]}.{FLASK[1]}"

app = Flask(__name__)


@app.after_request
def name_version(response):
    if app.debug:  # visitors needn't know it
        major, minor, *_ = version("flask").split(".")
        response.headers["X-Flask"] = f"Flask {major}.{minor}"
    return response
