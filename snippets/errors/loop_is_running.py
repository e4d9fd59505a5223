"""Call asyncio.run in an async view.

.. testcode::

   client = app.test_client()
   try:
       client.get("/stock")
   except RuntimeError as error:
       print(f"RuntimeError: {error}")
   print(client.get("/stock-fixed").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   RuntimeError: asyncio.run() cannot be called from a
   running event loop
   3 teas
"""

import asyncio

from flask import Flask

app = Flask(__name__)
app.testing = True


async def count_stock():
    return "3 teas"


@app.get("/stock")
async def show_stock():
    counting = count_stock()
    try:
        return asyncio.run(counting)
    finally:
        counting.close()


@app.get("/stock-fixed")
async def show_stock_fixed():
    return await count_stock()
