"""Defer from two tasks of an async view.

.. testcode::

   response = app.test_client().get("/stock/lamp")
   print(response.text)
   print(response.headers.getlist("X-Source"))

.. testoutput::

   12 here, 30 ordered
   ['supplier', 'warehouse']
"""

import asyncio

from flask import Flask, after_this_request

app = Flask(__name__)


def name_source(source):
    @after_this_request
    def add_source(response):
        response.headers.add("X-Source", source)
        return response


async def ask_warehouse(supplier_asked):
    await supplier_asked.wait()
    name_source("warehouse")
    return "12 here"


async def ask_supplier(supplier_asked):
    name_source("supplier")
    supplier_asked.set()
    return "30 ordered"


@app.get("/stock/lamp")
async def show_stock():
    supplier_asked = asyncio.Event()
    return ", ".join(
        await asyncio.gather(
            ask_warehouse(supplier_asked), ask_supplier(supplier_asked)
        )
    )
