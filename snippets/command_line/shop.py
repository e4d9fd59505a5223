"""A shop with hooks on the app and on a blueprint.

.. testcode::

   client = app.test_client(use_cookies=False)
   response = client.get("/orders/7")
   print(response.text, response.headers["X-Frame-Options"])
   german = {"Cookie": "language=de"}
   print(client.get("/orders/7", headers=german).text)
   print(client.post("/orders", data={"product": "tea"}).text)

.. testoutput::

   Order 7 DENY
   Bestellung 7
   Thank you for the tea
"""

from flask import Blueprint, Flask, abort, g, request

ORDER = {"de": "Bestellung", "en": "Order"}

app = Flask(__name__)
blog = Blueprint("blog", __name__, url_prefix="/blog")


@app.before_request
def choose_language():
    wanted = request.cookies.get("language")
    g.language = wanted if wanted in ORDER else "en"


@blog.before_request
def load_posts():
    g.posts = ["Hello"]


@app.after_request
def add_security_headers(response):
    response.headers["X-Frame-Options"] = "DENY"
    return response


@app.get("/orders/<int:number>")
def show_order(number):
    return f"{ORDER[g.language]} {number}"


@app.post("/orders")
def place_order():
    product = request.form["product"]
    if product not in {"tea", "teapot"}:
        abort(400)
    return f"Thank you for the {product}"


@blog.get("/")
def list_posts():
    return g.posts


app.register_blueprint(blog)
