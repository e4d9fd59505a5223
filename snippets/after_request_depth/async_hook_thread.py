"""Compare where a plain and an async hook run.

.. testcode::

   response = app.test_client().get("/")
   print(response.headers.getlist("X-Thread"))
   print(response.headers["X-Language"])
   print(response.headers["X-Local"])

.. testoutput::

   ['async: another thread', 'plain: the thread of the view']
   fr
   lost
"""

import threading
from contextvars import ContextVar

from flask import Flask, g

app = Flask(__name__)
language = ContextVar("language")
local = threading.local()


def name_thread():
    if threading.current_thread().name == g.thread:
        return "the thread of the view"
    return "another thread"


@app.after_request
def plain_hook(response):
    response.headers.add("X-Thread", f"plain: {name_thread()}")
    response.headers["X-Language"] = language.get()
    response.headers["X-Local"] = getattr(local, "language", "lost")
    return response


@app.after_request
async def async_hook(response):
    response.headers.add("X-Thread", f"async: {name_thread()}")
    language.set("fr")
    local.language = "fr"
    return response


@app.get("/")
def index():
    g.thread = threading.current_thread().name
    return "Tea and teapots"
