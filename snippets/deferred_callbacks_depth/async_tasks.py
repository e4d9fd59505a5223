"""Defer from two tasks of an async view.

.. testcode::

   response = app.test_client().get("/route/zermatt")
   print(response.text)
   print(response.headers.getlist("X-Source"))

.. testoutput::

   7 C, trains on time
   ['station', 'weather mast']
"""

import asyncio

from flask import Flask, after_this_request

app = Flask(__name__)


def name_source(source):
    @after_this_request
    def add_source(response):
        response.headers.add("X-Source", source)
        return response


async def read_temperature(station_asked):
    await station_asked.wait()
    name_source("weather mast")
    return "7 C"


async def ask_station(station_asked):
    name_source("station")
    station_asked.set()
    return "trains on time"


@app.get("/route/zermatt")
async def plan_route():
    station_asked = asyncio.Event()
    return ", ".join(
        await asyncio.gather(
            read_temperature(station_asked), ask_station(station_asked)
        )
    )
