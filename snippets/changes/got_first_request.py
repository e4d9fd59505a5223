"""Ask whether the app has handled a request.

Flask 2.3 deprecates app.got_first_request, and 3.0 has removed it. A
before_request function can note it.

.. testcode::

   import warnings

   client = app.test_client()
   print(client.get("/").text, "|", client.get("/").text)

   with warnings.catch_warnings():
       warnings.simplefilter("error")
       try:
           print("got_first_request is", app.got_first_request)
       except (DeprecationWarning, AttributeError) as error:
           print(f"{type(error).__name__}: {error}")

Before Flask 2.3:

.. testoutput::
   :skipif: FLASK >= (2, 3)

   first | not the first
   got_first_request is True

Flask 2.3:

.. testoutput::
   :skipif: FLASK < (2, 3) or FLASK >= (3, 0)
   :options: +NORMALIZE_WHITESPACE

   first | not the first
   DeprecationWarning: 'got_first_request' is deprecated and will be
   removed in Flask 2.4.

Since Flask 3.0:

.. testoutput::
   :skipif: FLASK < (3, 0)
   :options: +NORMALIZE_WHITESPACE

   first | not the first
   AttributeError: 'Flask' object has no attribute 'got_first_request'
"""

from importlib.metadata import version
from threading import Lock

from flask import Flask, g

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)
lock = Lock()


@app.before_request
def note_first_request():
    with lock:  # two threads may come at once
        g.first = "seen" not in app.extensions
        app.extensions["seen"] = True


@app.get("/")
def page():
    return "first" if g.first else "not the first"
