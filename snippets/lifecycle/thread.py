"""Start a thread in a view, and copy the request for another.

.. testcode::

   print(app.test_client().get("/orders").text)

.. testoutput::

   request there: [False, True]
"""

import threading

from flask import Flask, copy_current_request_context, request

app = Flask(__name__)


def run(function):
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()


@app.get("/orders")
def list_orders():
    found = []

    def look():
        found.append(bool(request))

    run(look)
    run(copy_current_request_context(look))
    return f"request there: {found}"
