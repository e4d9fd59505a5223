"""Let another origin call the API, also when it gets an error.

.. testcode::

   client = app.test_client()
   shop = {"Origin": "https://shop.example"}
   evil = {"Origin": "https://evil.example"}
   asks = {"Access-Control-Request-Method": "DELETE"}

   responses = [
       client.get("/api/orders/7", headers=shop),
       client.get("/api/orders/8", headers=shop),
       client.options("/api/orders/7", headers=shop | asks),
       client.get("/api/orders/7", headers=evil),
   ]
   for response in responses:
       print(response.status, response.access_control_allow_origin)

.. testoutput::

   200 OK https://shop.example
   404 NOT FOUND https://shop.example
   200 OK https://shop.example
   200 OK None
"""

from flask import Flask, abort, request

app = Flask(__name__)
ALLOWED_ORIGINS = {"https://shop.example", "https://admin.shop.example"}


@app.after_request
def add_cors_headers(response):
    if not request.path.startswith("/api/"):
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin in ALLOWED_ORIGINS:
        response.access_control_allow_origin = origin
        if request.method == "OPTIONS":
            response.access_control_allow_methods = ["GET", "DELETE"]
            response.access_control_allow_headers = ["Content-Type"]
            response.access_control_max_age = 600
    return response


@app.get("/")
def index():
    return "<h1>Shop</h1>"


@app.route("/api/orders/<int:number>", methods=["GET", "DELETE"])
def show_order(number):
    if number != 7:
        abort(404)
    return {"number": number}
