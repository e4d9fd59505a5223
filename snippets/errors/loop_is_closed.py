"""Use an object of one event loop in the next request.

.. testcode::

   client = app.test_client()
   print(client.get("/kept").text)
   try:
       client.get("/kept")
   except RuntimeError as error:
       print(f"RuntimeError: {error}")

   for _ in range(2):
       print(client.get("/made").text)
   warehouse.clear()

.. testoutput::

   3 teas
   RuntimeError: Event loop is closed
   3 teas
   3 teas
"""

import asyncio

from flask import Flask

app = Flask(__name__)
app.testing = True
warehouse = {}


class Client:
    """Like clients of HTTP and of databases: bound to one loop."""

    def __init__(self):
        self.loop = asyncio.get_running_loop()

    async def ask(self):
        answer = self.loop.create_future()
        self.loop.call_soon(answer.set_result, "3 teas")
        return await answer


@app.get("/kept")
async def show_stock():
    if "client" not in warehouse:
        warehouse["client"] = Client()
    return await warehouse["client"].ask()


@app.get("/made")
async def show_stock_fixed():
    return await Client().ask()
