"""Request a book that doesn't exist, and a page that doesn't exist.

.. testcode::

   client = app.test_client()
   for path in "/books/9", "/books/9/reviews":
       response = client.get(path)
       print(response.status_code, response.headers.get("X-Desk"))

.. testoutput::

   404 books
   404 None
"""

from flask import Blueprint, Flask, abort

TITLES = {1: "Walden"}

app = Flask(__name__)
books = Blueprint("books", __name__, url_prefix="/books")


@books.after_request
def name_desk(response):
    response.headers["X-Desk"] = "books"
    return response


@books.get("/<int:number>")
def show_book(number):
    if number not in TITLES:
        abort(404)
    return TITLES[number]


app.register_blueprint(books)
