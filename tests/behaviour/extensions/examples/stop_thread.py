"""End a background thread when the server stops.

.. testcode::

   print(app.test_client().get("/").text)
   stop_refreshing()
   print(refresher.is_alive())

.. testoutput::

   3.50
   False
"""

import atexit
from threading import Event, Thread

from flask import Flask

app = Flask(__name__)
prices = {"tea": "3.50"}
stopping = Event()


def refresh_prices():
    while not stopping.wait(timeout=60):
        try:
            prices.update(load_prices())
        except Exception:  # or one error ends the thread
            app.logger.exception("The prices are old")


def load_prices():
    return {"tea": "3.60"}  # in your app: ask for them


def stop_refreshing():
    stopping.set()
    refresher.join(timeout=5)


refresher = Thread(target=refresh_prices, daemon=True)
refresher.start()
atexit.register(stop_refreshing)


@app.get("/")
def show_price():
    return prices["tea"]
