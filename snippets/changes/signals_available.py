"""Ask whether there are signals, and connect without asking.

Flask 2.2 knows whether blinker is installed. Since 2.3 Flask requires
blinker, so the attribute is deprecated; since 3.0 it is gone.

.. testcode::

   import warnings

   with warnings.catch_warnings():
       warnings.simplefilter("error")
       try:
           from flask import signals_available

           print("signals_available is", signals_available)
       except (DeprecationWarning, ImportError) as error:
           message, _, _ = str(error).partition(" (")
           print(f"{type(error).__name__}: {message}")

   app.test_client().get("/")

Before Flask 2.3:

.. testoutput::
   :skipif: FLASK >= (2, 3)

   signals_available is True
   got request_started

Flask 2.3:

.. testoutput::
   :skipif: FLASK < (2, 3) or FLASK >= (3, 0)
   :options: +NORMALIZE_WHITESPACE

   DeprecationWarning: 'signals_available' is deprecated and will be
   removed in Flask 2.4. Signals are always available
   got request_started

Since Flask 3.0:

.. testoutput::
   :skipif: FLASK < (3, 0)
   :options: +NORMALIZE_WHITESPACE

   ImportError: cannot import name 'signals_available' from 'flask'
   got request_started
"""

from importlib.metadata import version

from flask import Flask, request_started

FLASK = tuple(map(int, version("flask").split(".")[:2]))

app = Flask(__name__)


def note(sender):
    print("got request_started")


request_started.connect(note, app)


@app.get("/")
def page():
    return "ok"
