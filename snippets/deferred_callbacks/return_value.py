"""Return a different response from a deferred callback.

.. testcode::

   client = app.test_client()
   for path in "/products/lamp", "/products/lamp?format=text":
       response = client.get(path)
       print(response.mimetype, response.text.strip())

.. testoutput::

   application/json {"name":"lamp","price":40}
   text/plain lamp: 40 EUR
"""

from flask import Flask, Response, after_this_request, request

app = Flask(__name__)


@app.get("/products/lamp")
def show_product():
    if request.args.get("format") == "text":
        after_this_request(write_as_text)
    return {"name": "lamp", "price": 40}


def write_as_text(response):
    product = response.get_json()
    text = f"{product['name']}: {product['price']} EUR"
    return Response(text, mimetype="text/plain")
