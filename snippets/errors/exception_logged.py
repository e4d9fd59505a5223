"""Let a view crash, and read what Flask logs.

.. testcode::

   with capture_logs() as logged:
       client.get("/order")
   print(logged[0].getMessage())
   print(logged[0].levelname, logged[0].exc_info[0].__name__)

.. testoutput::

   Exception on /order [GET]
   ERROR KeyError
"""

import logging
from contextlib import contextmanager

from flask import Flask

app = Flask(__name__)
client = app.test_client()


@app.get("/order")
def show_order():
    return {}["order"]


@contextmanager
def capture_logs():
    logged = []
    handler = logging.Handler()
    handler.emit = logged.append
    app.logger.addHandler(handler)
    yield logged
    app.logger.removeHandler(handler)
