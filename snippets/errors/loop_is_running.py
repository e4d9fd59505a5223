"""Call an async view while an event loop runs in the same thread.

.. testcode::

   import asyncio

   loop = asyncio.new_event_loop()
   try:
       loop.run_until_complete(call_in_a_loop())
   except RuntimeError as error:
       print(error)
   finally:
       loop.close()
   print(client.get("/").text)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   You cannot use AsyncToSync in the same thread as an async event
   loop - just await the async function directly.
   Shop
"""

from flask import Flask

app = Flask(__name__)
app.testing = True
client = app.test_client()


@app.get("/")
async def index():
    return "Shop"


async def call_in_a_loop():
    client.get("/")
