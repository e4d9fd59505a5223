"""Stream an async generator, as clients of language models have.

.. testcode::

   client = app.test_client()
   print(client.get("/answer").text)

.. testoutput::

   Green tea
"""

import asyncio

from flask import Flask, Response

app = Flask(__name__)


async def ask_model():  # in your app: a client makes this generator
    for word in "Green", " tea":
        await asyncio.sleep(0)
        yield word


def run_in_steps(source):
    loop = asyncio.new_event_loop()
    try:
        while True:
            try:
                yield loop.run_until_complete(anext(source))
            except StopAsyncIteration:
                return
    finally:
        loop.run_until_complete(source.aclose())
        loop.close()


@app.get("/answer")
def show_answer():
    pieces = run_in_steps(ask_model())
    return Response(pieces, mimetype="text/plain")
