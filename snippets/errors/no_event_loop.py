"""Ask for an event loop in a plain view.

.. testcode::

   from concurrent.futures import ThreadPoolExecutor

   def ask(path):
       with ThreadPoolExecutor(1, "worker") as pool:
           return pool.submit(app.test_client().get, path).result()

   try:
       ask("/stock")
   except RuntimeError as error:
       print(f"RuntimeError: {error}")
   print(ask("/stock-fixed").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   RuntimeError: There is no current event loop
   in thread 'worker_0'.
   3 teas
"""

import asyncio

from flask import Flask

app = Flask(__name__)
app.testing = True


async def count_stock():
    return "3 teas"


@app.get("/stock")
def show_stock():
    loop = asyncio.get_event_loop()
    return loop.run_until_complete(count_stock())


@app.get("/stock-fixed")
def show_stock_fixed():
    return asyncio.run(count_stock())
