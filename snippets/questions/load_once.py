"""Load the prices with the first request, once for all threads.

.. testcode::

   client = app.test_client()
   print(client.get("/").text)
   print(client.get("/").text)

.. testoutput::

   prices are loaded
   tea 3.20
   tea 3.20
"""

from threading import Event, Lock

from flask import Flask

app = Flask(__name__)
lock = Lock()
is_loaded = Event()
prices = {}


@app.before_request
def load_prices_once():
    if is_loaded.is_set():
        return
    with lock:
        if not is_loaded.is_set():  # another thread may have done it
            prices.update(read_prices())
            is_loaded.set()


def read_prices():
    print("prices are loaded")
    return {"tea": "3.20"}


@app.get("/")
def index():
    return f"tea {prices['tea']}"
