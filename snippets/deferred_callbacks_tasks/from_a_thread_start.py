"""Name a stale price from a thread.

.. testcode::

   client = app.test_client()
   for path in "/prices/tea", "/prices/rice", "/prices/tea":
       response = client.get(path)
       stale = response.headers.getlist("X-Stale")
       print(response.status, stale, response.text[:15].strip())
   print("asked in this thread:", get_ident() in threads)

.. testoutput::

   200 OK [] {"lowest":4}
   500 INTERNAL SERVER ERROR [] <!doctype html>
   200 OK [] {"lowest":4}
   asked in this thread: False
"""

from concurrent.futures import ThreadPoolExecutor
from threading import get_ident

from flask import Flask, after_this_request

PRICES = {
    "tea": {"corner": (4, "fresh"), "market": (5, "fresh")},
    "rice": {"corner": (2, "stale"), "market": (3, "fresh")},
}

app = Flask(__name__)
threads = set()


@app.get("/prices/<goods>")
def lowest_price(goods):
    def ask(shop):
        threads.add(get_ident())
        price, age = PRICES[goods][shop]
        if age == "stale":
            name_stale(shop)
        return price

    with ThreadPoolExecutor() as pool:
        prices = list(pool.map(ask, PRICES[goods]))
    return {"lowest": min(prices)}


def name_stale(shop):
    @after_this_request
    def add_header(response):
        response.headers.add("X-Stale", shop)
        return response
