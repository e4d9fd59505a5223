"""Receive a signal with a coroutine function.

Flask 2.2 cannot await it: with a current blinker the request fails,
with an old one the receiver never runs. Since 2.3 Flask awaits it.

.. testcode::

   import warnings

   from flask import request_started

   app.testing = True
   for receiver in note_async, note_sync:
       with request_started.connected_to(receiver, app):
           with warnings.catch_warnings():
               warnings.simplefilter("ignore")
               try:
                   app.test_client().get("/")
               except RuntimeError as error:
                   print(f"RuntimeError: {error}")

Before Flask 2.3, with blinker 1.6 or newer:

.. testoutput::
   :skipif: FLASK >= (2, 3) or IGNORED

   RuntimeError: Cannot send to a coroutine function.
   note_sync got the signal

Before Flask 2.3, with an older blinker:

.. testoutput::
   :skipif: FLASK >= (2, 3) or not IGNORED

   note_sync got the signal

Since Flask 2.3:

.. testoutput::
   :skipif: FLASK < (2, 3)

   note_async got the signal
   note_sync got the signal
"""

from importlib.metadata import version

from flask import Flask

FLASK = tuple(map(int, version("flask").split(".")[:2]))
IGNORED = tuple(map(int, version("blinker").split(".")[:2])) < (1, 6)

app = Flask(__name__)


async def note_async(sender):
    print("note_async got the signal")


def note_sync(sender):
    print("note_sync got the signal")


@app.get("/")
def page():
    return "ok"
