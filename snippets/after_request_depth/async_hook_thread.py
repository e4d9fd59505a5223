"""Compare where a plain and an async hook run.

.. testcode::

   response = app.test_client().get("/tides")
   print(response.headers.getlist("X-Thread"))
   print(response.headers["X-Harbour"])
   print(response.headers["X-Local"])

.. testoutput::

   ['async: another thread', 'plain: the thread of the view']
   Brest
   lost
"""

import threading
from contextvars import ContextVar

from flask import Flask, g

app = Flask(__name__)
harbour = ContextVar("harbour")
local = threading.local()


def name_thread():
    if threading.current_thread().name == g.thread:
        return "the thread of the view"
    return "another thread"


@app.after_request
def plain_hook(response):
    response.headers.add("X-Thread", f"plain: {name_thread()}")
    response.headers["X-Harbour"] = harbour.get()
    response.headers["X-Local"] = getattr(local, "harbour", "lost")
    return response


@app.after_request
async def async_hook(response):
    response.headers.add("X-Thread", f"async: {name_thread()}")
    harbour.set("Brest")
    local.harbour = "Brest"
    return response


@app.get("/tides")
def show_tides():
    g.thread = threading.current_thread().name
    return "High at noon"
