"""Redirect every request to HTTPS and to one host.

.. testcode::

   client = app.test_client()
   for address in (
       "http://shop.example/orders?page=2",
       "https://www.shop.example/orders?page=2",
       "https://shop.example/orders?page=2",
   ):
       response = client.get(address)
       print(response.status_code, response.location)
   print(client.post("http://shop.example/orders").status_code)

.. testoutput::

   308 https://shop.example/orders?page=2
   308 https://shop.example/orders?page=2
   200 None
   308
"""

from urllib.parse import urlsplit

from flask import Flask, redirect, request

app = Flask(__name__)
HOST = "shop.example"


@app.before_request
def redirect_to_host():
    if request.is_secure and request.host == HOST:
        return None
    address = urlsplit(request.url)._replace(
        scheme="https", netloc=HOST
    )
    return redirect(address.geturl(), 308)


@app.route("/orders", methods=["GET", "POST"])
def list_orders():
    return "Orders"
