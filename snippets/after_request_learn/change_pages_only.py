"""Change the body of pages, and leave every other response alone.

.. testcode::

   client = app.test_client()
   for path in "/", "/orders/7":
       response = client.get(path)
       print(response.text.strip())
       print(response.content_length == len(response.data))

.. testoutput::

   Rye, spelt, seeded rolls
   Closed on Mondays
   True
   {"items":"2 rye"}
   True
"""

from flask import Flask

app = Flask(__name__)
orders = {7: "2 rye"}


@app.get("/")
def show_breads():
    return "Rye, spelt, seeded rolls"


@app.get("/orders/<int:number>")
def show_order(number):
    order = {"items": orders[number]}
    return order, {"Cache-Control": "private"}


@app.after_request
def set_cache_rule(response):
    response.headers.setdefault("Cache-Control", "max-age=60")
    return response


@app.after_request
def add_notice(response):
    if response.mimetype == "text/html" and not response.is_streamed:
        page = response.get_data(as_text=True)
        response.set_data(f"{page}\nClosed on Mondays")
    return response
