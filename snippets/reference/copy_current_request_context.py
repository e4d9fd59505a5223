"""Read the request in a thread that the view waits for.

.. testcode::

   print(app.test_client().get("/orders/7").text)

.. testoutput::

   The thread saw /orders/7
"""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask, copy_current_request_context, request

app = Flask(__name__)


@app.get("/orders/<int:number>")
def show_order(number):
    @copy_current_request_context
    def read_path():
        return request.path

    with ThreadPoolExecutor(max_workers=1) as pool:
        path = pool.submit(read_path).result()
    return f"The thread saw {path}"
