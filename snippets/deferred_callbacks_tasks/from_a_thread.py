"""Name a stale price where the request is.

.. testcode::

   client = app.test_client()
   for path in "/prices/tea", "/prices/rice", "/prices/tea":
       response = client.get(path)
       stale = response.headers.getlist("X-Stale")
       print(response.status, stale, response.text[:15].strip())
   print("asked in this thread:", get_ident() in threads)

.. testoutput::

   200 OK [] {"lowest":4}
   200 OK ['corner'] {"lowest":2}
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
        return shop, price, age

    with ThreadPoolExecutor() as pool:
        offers = list(pool.map(ask, PRICES[goods]))
    for shop, _, age in offers:
        if age == "stale":
            name_stale(shop)
    return {"lowest": min(price for _, price, _ in offers)}


def name_stale(shop):
    @after_this_request
    def add_header(response):
        response.headers.add("X-Stale", shop)
        return response
