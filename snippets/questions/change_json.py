"""Put every JSON response into an envelope.

.. testcode::

   client = app.test_client()
   for path in "/orders", "/", "/nothing":
       response = client.get(path)
       print(path, response.status_code, response.text[:8])
   print(client.get("/orders").json)

.. testoutput::

   /orders 200 {"data":
   / 200 Shop
   /nothing 404 <!doctyp
   {'data': [7, 8], 'ok': True}
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def add_envelope(response):
    encoded = response.content_encoding or response.get_etag()[0]
    if response.is_json and not response.is_streamed and not encoded:
        ok = response.status_code < 400
        data = {"ok": ok, "data": response.get_json(silent=True)}
        response.set_data(app.json.dumps(data))
    return response


@app.get("/orders")
def list_orders():
    return [7, 8]


@app.get("/")
def index():
    return "Shop"
