"""Return objects of your own class from views.

.. testcode::

   client = app.test_client()
   print(client.get("/orders/7").json)
   response = client.post("/orders")
   print(response.status, response.json)

.. testoutput::

   {'number': 7, 'tea': 'Assam'}
   201 CREATED {'number': 8, 'tea': 'Assam'}
"""

from dataclasses import asdict, dataclass

from flask import Flask


@dataclass
class Order:
    number: int
    tea: str = "Assam"


def as_dict(value):
    return asdict(value) if isinstance(value, Order) else value


class Shop(Flask):
    def make_response(self, rv):
        if isinstance(rv, tuple):  # the body, a status, headers
            rv = tuple(map(as_dict, rv))
        return super().make_response(as_dict(rv))


app = Shop(__name__)


@app.get("/orders/<int:number>")
def show_order(number):
    return Order(number)


@app.post("/orders")
def add_order():
    return Order(8), 201
