"""Return an async generator from a view.

.. testcode::

   client = app.test_client()
   try:
       client.get("/prices")
   except TypeError as error:
       print(f"TypeError: {error}")
   print(client.get("/prices-fixed").json)

.. testoutput::
   :options: +NORMALIZE_WHITESPACE

   TypeError: The view function did not return a valid response. The
   return type must be a string, dict, list, tuple with headers or
   status, Response instance, or WSGI callable, but it was a
   async_generator.
   ['tea 3.50']
"""

from flask import Flask

app = Flask(__name__)
app.testing = True


async def load_prices():
    yield "tea 3.50"


@app.get("/prices")
def show_prices():
    return load_prices()


@app.get("/prices-fixed")
async def show_prices_fixed():
    return [line async for line in load_prices()]
